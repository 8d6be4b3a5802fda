using System;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// A file of the archive that cannot be loaded is an error with a reason, no more.
/// </summary>
/// <remarks>
/// The machine has all programs and a few damaged ones; <c>selftest</c> finds <c>broken</c> there
/// and tries it as well.
/// </remarks>
public sealed class DamagedProgramTests
{
    private const string Archive = "/boot/programs.tar.gz";

    // Offsets of an ELF header and its first program header (ELF-64, figures 2 and 6).
    private const int MachineField = 18;
    private const int EntryField = 24;
    private const int FirstSegmentFlags = 64 + 4;

    [Fact]
    public void A_damaged_program_is_refused_with_a_reason_and_everything_goes_on()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos damaged programs");
        string image = MakeImage(folder);
        using MemOsMachine memOs = MemOsMachine.Boot("damaged", new Machine(image));

        Refuses(memOs, "cut", "reaches beyond the end of the file");
        Refuses(memOs, "stub", "shorter than an ELF header");
        Refuses(memOs, "broken", "not for x86-64");
        Refuses(memOs, "lost", "entry is not in an executable segment");
        Refuses(memOs, "unsafe", "both writable and executable");
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed",
            memOs.Run("selftest", " checks passed, "));
    }

    private static void Refuses(MemOsMachine memOs, string program, string reason)
    {
        Assert.Contains($"{program}: not a program", memOs.Command($"run {program}"),
            StringComparison.Ordinal);
        Assert.Matches($"{program}: .*{reason}", memOs.Command("log"));
    }

    private static string MakeImage(RunFolder folder)
    {
        string packed = Path.Combine(folder.FullPath, "programs.tar.gz");
        string image = Path.Combine(folder.FullPath, "damaged.iso");
        Xorriso("-osirrox", "on", "-indev", KernelImages.MemOS, "-extract", Archive, packed);
        string changed = Path.Combine(folder.FullPath, "changed.tar.gz");
        using (GZipStream from = new(File.OpenRead(packed), CompressionMode.Decompress))
        using (GZipStream to = new(File.Create(changed), CompressionLevel.Fastest))
            AddDamaged(from, to);
        Xorriso("-indev", KernelImages.MemOS, "-outdev", image, "-boot_image", "any", "replay",
            "-map", changed, Archive);
        return image;
    }

    private static void AddDamaged(Stream from, Stream to)
    {
        byte[] good = [];
        using TarReader reader = new(from);
        using TarWriter writer = new(to, TarEntryFormat.Ustar);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            if (entry.Name == "hello") good = content.ToArray();
            Add(writer, entry.Name, content.ToArray());
        }

        Add(writer, "cut", good[..(good.Length / 2)]);
        Add(writer, "stub", good[..20]);
        Add(writer, "broken", Change(good, MachineField, 0xFF));
        Add(writer, "lost", Change(good, EntryField + 5, 0x10));
        Add(writer, "unsafe", Change(good, FirstSegmentFlags, 0x07));
    }

    private static byte[] Change(byte[] file, int offset, byte flipped)
    {
        byte[] changed = [.. file];
        changed[offset] |= flipped;
        return changed;
    }

    private static void Add(TarWriter writer, string name, byte[] content) =>
        writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
        });

    private static void Xorriso(params string[] arguments)
    {
        ProcessStartInfo start = new("xorriso", arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string messages = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "xorriso hangs");
        Assert.True(process.ExitCode == 0, messages);
    }
}
