using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using MemOS.Images;
using static MemOS.Tests.Host.Images.ElfBuilder;

namespace MemOS.Tests.Host.Images;

/// <summary>Programs with one fault each, by the reason for which they must be refused.</summary>
internal static class ElfRefusals
{
    // The last word of all memory.
    private const ulong Top = ulong.MaxValue - 7;

    internal static IEnumerable<(ImageStatus Status, byte[] File)> All =>
        [.. OfHeader(), .. OfPlaces(), .. OfSegments(), .. OfDynamics(), .. OfRelocations()];

    private static IEnumerable<(ImageStatus, byte[])> OfHeader()
    {
        yield return (ImageStatus.TooShort, []);
        yield return (ImageStatus.TooShort, Good.Build()[..63]);
        yield return (ImageStatus.NotElf, Byte(0, 0x7E));
        yield return (ImageStatus.NotElf, Byte(3, (byte)'f'));
        yield return (ImageStatus.Not64Bit, Byte(4, 1));
        yield return (ImageStatus.NotLittleEndian, Byte(5, 2));
        yield return (ImageStatus.UnknownVersion, Byte(6, 0));
        yield return (ImageStatus.UnknownVersion, Byte(20, 2));
        yield return (ImageStatus.UnknownAbi, Byte(7, 9));
        yield return (ImageStatus.UnknownAbi, Byte(8, 1));
        yield return (ImageStatus.WrongMachine, Byte(18, 3));
        yield return (ImageStatus.WrongMachine, Byte(19, 1));
        yield return (ImageStatus.NotPositionIndependent, Byte(16, 2));
        yield return (ImageStatus.BadHeaderSize, Byte(52, 63));
        yield return (ImageStatus.BadHeaderSize, Byte(54, 64));
        yield return (ImageStatus.BadHeaderCount, Byte(56, 0));
        yield return (ImageStatus.BadHeaderCount, Byte(56, 65));
        yield return (ImageStatus.HeadersBeyondEnd, Word(32, FileBytes - (6 * 56) + 1));
        yield return (ImageStatus.HeadersBeyondEnd, Word(32, ulong.MaxValue));
        yield return (ImageStatus.HeadersBeyondEnd, Good.Build()[..(64 + (6 * 56) - 1)]);
    }

    private static IEnumerable<(ImageStatus, byte[])> OfPlaces()
    {
        yield return (ImageStatus.BadAlignment, OfData(h => h with { Alignment = 0x200000 }));
        yield return (ImageStatus.BadAlignment, OfData(h => h with { Alignment = 0 }));
        yield return (ImageStatus.NotCongruent, OfData(h => h with { Address = 0x4018 }));
        yield return (
            ImageStatus.FileLargerThanMemory, OfData(h => h with { MemoryBytes = 0x3FF }));
        yield return (ImageStatus.FileLargerThanMemory, OfData(h => h with { MemoryBytes = 0 }));
        yield return (ImageStatus.SegmentBeyondEnd, OfData(h => h with { FileBytes = 0x401 }));
        yield return (ImageStatus.SegmentBeyondEnd, OfData(h => h with { FileStart = 0x4010 }));
        yield return (
            ImageStatus.SegmentBeyondEnd, OfData(h => h with { FileStart = Top - 0xFE8 }));
        yield return (ImageStatus.TooLarge, OfData(h => h with { MemoryBytes = 0x3FFFBFF1 }));
        yield return (ImageStatus.TooLarge, OfData(h => h with { MemoryBytes = ulong.MaxValue }));
        yield return (ImageStatus.TooLarge, OfData(h => h with { Address = 0xFFFFFFFFFFFFF010 }));
        yield return (ImageStatus.NotBasedAtZero, Good.Change(0, h => h with
        {
            FileStart = 0x1000,
            Address = 0x1000,
        }).Build());
        yield return (ImageStatus.SegmentsUnsorted, OfData(h => h with { Address = 0x1010 }));
        yield return (ImageStatus.SegmentsOverlap, OfData(h => h with { Address = 0x2010 }));
        yield return (
            ImageStatus.SegmentsOverlap,
            Good.Change(2, h => h with { MemoryBytes = 0x2001 }).Build());
    }

    private static IEnumerable<(ImageStatus, byte[])> OfSegments()
    {
        yield return (ImageStatus.NeedsInterpreter, With(new(3, 4, 0, 0, 8, 8)));
        yield return (ImageStatus.ExecutableStack, With(new(0x6474E551, 7, 0, 0, 0, 0)));
        yield return (ImageStatus.NoSegments, OnlyWhere(header => header.Type != 1));
        yield return (ImageStatus.TooManySegments, Many(17).Build());
        yield return (ImageStatus.BadRights, OfData(h => h with { Flags = 0 }));
        yield return (ImageStatus.BadRights, OfData(h => h with { Flags = 0xE }));
        yield return (ImageStatus.BadRights, OfData(h => h with { Flags = 0x80000006 }));
        yield return (ImageStatus.WritableAndExecutable, OfData(h => h with { Flags = 7 }));
        yield return (ImageStatus.WritableAndExecutable, OfData(h => h with { Flags = 3 }));
        foreach (ulong entry in new ulong[] { 0, 0xFFF, 0x1800, 0x2000, Data, ulong.MaxValue })
        {
            yield return (ImageStatus.EntryNotExecutable, Word(24, entry));
        }
    }

    private static IEnumerable<(ImageStatus, byte[])> OfDynamics()
    {
        yield return (ImageStatus.SeveralDynamics, With(Good.Headers[DynamicHeader]));
        yield return (ImageStatus.DynamicBeyondEnd, Dynamic(h => h with { FileBytes = 0x10000 }));
        yield return (
            ImageStatus.DynamicBeyondEnd, Dynamic(h => h with { FileStart = ulong.MaxValue }));
        yield return (ImageStatus.DynamicWithoutEnd, Dynamic(h => h with { FileBytes = 32 }));
        yield return (ImageStatus.DynamicWithoutEnd, Dynamic(h => h with { FileBytes = 15 }));
        yield return (ImageStatus.RepeatedTag, Full.Tag(7, RelaStart).Build());
        yield return (ImageStatus.RepeatedTag, Full.Tag(4, 0x2E00).Build());
        yield return (ImageStatus.NeedsLibrary, Full.Tag(1, 0).Build());
        yield return (ImageStatus.UnsupportedTable, Full.Tag(17, RelaStart).Build());
        foreach (ulong tag in new ulong[] { 7, 8, 9, 23, 2, 20, 36, 35, 37 })
        {
            yield return (ImageStatus.BadTable, Full.Untag(tag).Build());
        }

        foreach (ulong tag in new ulong[] { 8, 9, 2, 20, 35, 37 })
        {
            yield return (ImageStatus.BadTable, Full.Retag(tag, 25).Build());
        }

        // Overlapping tables must agree on where entries start.
        yield return (ImageStatus.BadTable, Full.Retag(23, RelaStart + 8).Build());
        foreach (ulong tag in new ulong[] { 7, 23, 36 })
        {
            foreach (ulong place in new ulong[] { 0x2EFC, 0x1FFC, Data + DataBytes, Top })
            {
                yield return (ImageStatus.TableBeyondSegment, Full.Retag(tag, place).Build());
            }
        }

        foreach (ulong tag in new ulong[] { 8, 2, 35 })
        {
            yield return (ImageStatus.TableBeyondSegment, Full.Retag(tag, Top / 24 * 24).Build());
        }
    }

    private static IEnumerable<(ImageStatus, byte[])> OfRelocations()
    {
        yield return (ImageStatus.UnknownRelocation, Rela(Data, 1));
        yield return (ImageStatus.UnknownRelocation, Rela(Data, 37));
        yield return (ImageStatus.UnknownRelocation, Rela(Data, 8 | (1ul << 32)));
        foreach (ulong place in new ulong[]
        {
            0, 0x1000, 0x2000, Data - 2, DataEnd - 6, DataEnd, Top, Top + 6,
        })
        {
            yield return (ImageStatus.RelocationNotWritable, Rela(place, 8));
            yield return (ImageStatus.RelocationNotWritable, Plt(place));
            yield return (ImageStatus.RelocationNotWritable, Relr(place));
        }

        yield return (ImageStatus.RelocationNotWritable, Rela(Data - 1, 8));
        yield return (ImageStatus.RelocationNotWritable, Rela(DataEnd - 7, 8));
        yield return (ImageStatus.RelocationNotWritable, Relr(DataEnd - 8, 3));
        yield return (ImageStatus.RelocationNotWritable, Relr(DataEnd - (63 * 8), 1 | (1ul << 63)));
        yield return (ImageStatus.RelocationNotWritable, Relr(Data, 1, 1ul << 63 | 1, Data - 8));
        yield return (ImageStatus.BadPackedTable, Relr(3));
        yield return (ImageStatus.BadPackedTable, Relr(1, Data));
    }

    private static ElfBuilder Good => new();

    private static ElfBuilder Full => new()
    {
        Rela = { (Data, 8, 0x1010) },
        Plt = { (Data + 8, 8, 0) },
        Relr = { Data + 16 },
    };

    /// <summary>A program of so many segments of a page each, the second of them code.</summary>
    internal static ElfBuilder Many(int count)
    {
        ElfBuilder builder = new();
        builder.Headers.Clear();
        for (int i = 0; i < count; i++)
        {
            builder.Headers.Add(
                new(1, i == 1 ? 5u : 4u, 0, (ulong)i * 0x1000, 0x10, 0x800));
        }

        return builder;
    }

    private static byte[] Byte(int place, byte value)
    {
        byte[] file = Good.Build();
        file[place] = value;
        return file;
    }

    private static byte[] Word(int place, ulong value)
    {
        byte[] file = Good.Build();
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(place), value);
        return file;
    }

    private static byte[] OfData(Func<ElfHeaderEntry, ElfHeaderEntry> change) =>
        Good.Change(DataHeader, change).Build();

    private static byte[] Dynamic(Func<ElfHeaderEntry, ElfHeaderEntry> change) =>
        Good.Change(DynamicHeader, change).Build();

    private static byte[] With(ElfHeaderEntry header)
    {
        ElfBuilder builder = Good;
        builder.Headers.Add(header);
        return builder.Build();
    }

    private static byte[] OnlyWhere(Predicate<ElfHeaderEntry> keep)
    {
        ElfBuilder builder = Good;
        builder.Headers.RemoveAll(header => !keep(header));
        return builder.Build();
    }

    private static byte[] Rela(ulong place, ulong type) =>
        new ElfBuilder { Rela = { (Data, 8, 0), (place, type, 0) } }.Build();

    private static byte[] Plt(ulong place) =>
        new ElfBuilder { Rela = { (Data, 8, 0) }, Plt = { (place, 8, 0) } }.Build();

    private static byte[] Relr(params ulong[] words)
    {
        ElfBuilder builder = new();
        builder.Relr.AddRange(words);
        return builder.Build();
    }
}
