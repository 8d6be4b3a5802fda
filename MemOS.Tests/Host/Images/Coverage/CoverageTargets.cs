using MemOS.Images;

namespace MemOS.Tests.Host.Images.Coverage;

/// <summary>
/// What is done with each input: whatever it is, it is refused, or what is read of it keeps all
/// that the reader promises.
/// </summary>
internal static class CoverageTargets
{
    internal static void ReadProgram(byte[] file)
    {
        if (ElfImage.TryParse(file, out ElfImage image) == ImageStatus.Good)
            ElfOracle.Check(file, image);
    }

    internal static void ReadArchive(byte[] archive) =>
        ProgramArchiveProperties.CheckWithin(archive);
}
