using System;
using System.Collections.Generic;
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
    // Offsets of an ELF header and its first program header (ELF-64, figures 2 and 6).
    private const int MachineField = 18;
    private const int EntryField = 24;
    private const int FirstSegmentFlags = 64 + 4;

    [Fact]
    public void A_damaged_program_is_refused_with_a_reason_and_everything_goes_on()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos damaged programs");
        string image = ChangedArchive.MakeImage(folder, AddDamaged);
        using MemOsMachine memOs = MemOsMachine.Boot("damaged", new Machine(image));

        Refuses(memOs, "empty", "shorter than an ELF header");
        Refuses(memOs, "cut", "reaches beyond the end of the file");
        Refuses(memOs, "stub", "shorter than an ELF header");
        Refuses(memOs, "broken", "not for x86-64");
        Refuses(memOs, "lost", "entry is not in an executable segment");
        Refuses(memOs, "unsafe", "both writable and executable");
        Refuses(memOs, "outside", "relocation is not in a writable segment");
        Refuses(memOs, "crooked", "relocation is not aligned to eight bytes");
        Refuses(memOs, "twice", "word is relocated twice");
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed",
            memOs.Run("drive selftest", " checks passed, "));
    }

    private static void Refuses(MemOsMachine memOs, string program, string reason)
    {
        Assert.Contains($"{program}: not a program", memOs.Command($"run {program}"),
            StringComparison.Ordinal);
        Assert.Matches($"{program}: .*{reason}", memOs.Command("log"));
    }

    private static List<ArchiveFile> AddDamaged(List<ArchiveFile> files)
    {
        byte[] good = files.Find(static file => file.Name == "hello")!.Content;
        return
        [
            .. files,
            new("empty", []),
            new("cut", good[..(good.Length / 2)]),
            new("stub", good[..20]),
            new("broken", Change(good, MachineField, 0xFF)),
            new("lost", Change(good, EntryField + 5, 0x10)),
            new("unsafe", Change(good, FirstSegmentFlags, 0x07)),
            new("outside", Change(good, FindPackedRelocations(good) + 5, 0x10)),
            new("crooked", Change(good, FindPackedRelocations(good), 0x02)),
            new("twice", RepeatFirstRelocation(good)),
        ];
    }

    // The second word of the table, a bitmap, becomes the place that the first one names.
    private static byte[] RepeatFirstRelocation(byte[] file)
    {
        byte[] changed = [.. file];
        Span<byte> table = changed.AsSpan(FindPackedRelocations(file));
        table[..sizeof(ulong)].CopyTo(table[sizeof(ulong)..]);
        return changed;
    }

    // Where DT_RELR lies in the file, as the program headers have it (gABI 4.1, chapter 5).
    private static int FindPackedRelocations(byte[] file)
    {
        const uint Load = 1;
        const uint Dynamic = 2;
        const ulong Relr = 36;
        ulong at = 0;
        foreach (int header in Headers(file, Dynamic))
        {
            int entry = (int)Read(file, header + 8);
            while (Read(file, entry) != Relr)
                entry += 16;
            at = Read(file, entry + 8);
        }
        foreach (int header in Headers(file, Load))
        {
            ulong distance = at - Read(file, header + 16);
            if (distance < Read(file, header + 32))
                return (int)(Read(file, header + 8) + distance);
        }
        throw new InvalidOperationException("the program has no packed relocations");
    }

    private static IEnumerable<int> Headers(byte[] file, uint type)
    {
        const int CountField = 56;
        const int HeaderBytes = 56;
        const int First = 64;
        int count = BitConverter.ToUInt16(file, CountField);
        for (int i = 0; i < count; i++)
        {
            int header = First + (i * HeaderBytes);
            if (BitConverter.ToUInt32(file, header) == type)
                yield return header;
        }
    }

    private static ulong Read(byte[] file, int offset) => BitConverter.ToUInt64(file, offset);

    private static byte[] Change(byte[] file, int offset, byte flipped)
    {
        byte[] changed = [.. file];
        changed[offset] |= flipped;
        return changed;
    }
}
