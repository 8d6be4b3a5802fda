using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;

namespace IL2CPU.Image;

/// <summary>Packs programs into the ustar archive that the kernel starts them from.</summary>
internal static class ProgramArchive
{
    internal static void Write(IReadOnlyDictionary<string, string> programs, string path)
    {
        using FileStream file = File.Create(path);
        using TarWriter writer = new(file, TarEntryFormat.Ustar);
        foreach ((string name, string source) in programs.OrderBy(one => one.Key))
        {
            using FileStream data = File.OpenRead(source);
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = data,
                ModificationTime = System.DateTimeOffset.UnixEpoch,
            });
        }
    }
}
