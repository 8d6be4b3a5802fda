using System;
using System.IO;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Link;

/// <summary>
/// Moves a kernel's thread data behind GS. Linux code, which ILC makes, finds it behind FS; in a
/// kernel FS is the running program's, and loading it anew at every entry would cost dearly.
/// </summary>
internal static class KernelThreadData
{
    private const byte GsPrefix = 0x65;

    // mov rax, [fs:0], as the linker relaxes every access (ELF TLS, x86-64, GD to LE).
    private static readonly byte[] _read = [0x64, 0x48, 0x8B, 0x04, 0x25, 0, 0, 0, 0];

    /// <summary>Changes the segment of every access in an image's code.</summary>
    /// <returns>How many there are.</returns>
    internal static int Move(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        int count = 0;
        foreach (ElfSegment code in ElfReader.Read(image).Segments.Where(IsCode))
        {
            Span<byte> rest = image.AsSpan((int)code.FileStart, (int)code.FileBytes);
            int at;
            while ((at = rest.IndexOf(_read)) >= 0)
            {
                rest[at] = GsPrefix;
                rest = rest[(at + _read.Length)..];
                count++;
            }
        }
        File.WriteAllBytes(path, image);
        return count;
    }

    private static bool IsCode(ElfSegment segment) =>
        segment.Kind == SegmentKind.Load && (segment.Flags & SegmentFlags.Execute) != 0;
}
