using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Images;

namespace MemOS.Tests.Host.Images;

/// <summary>
/// Reads an accepted file a second time, in another way, and compares. It may throw: what it reads
/// was accepted, so must be there.
/// </summary>
internal static class ElfOracle
{
    private const ulong PageBytes = 4096;

    internal static List<Relocation> Relocations(in ElfImage image)
    {
        List<Relocation> all = [];
        foreach (Relocation one in image.Relocations)
        {
            all.Add(one);
        }

        return all;
    }

    /// <summary>The same by walks that each go on where the one before stopped.</summary>
    private static List<Relocation> RelocationsOneByOne(in ElfImage image)
    {
        List<Relocation> all = [];
        RelocationPosition position = default;
        while (true)
        {
            RelocationList.Enumerator walk = image.Relocations.From(position);
            if (!walk.MoveNext())
            {
                Assert.Equal(ImageStatus.Good, walk.Status);
                return all;
            }

            all.Add(walk.Current);
            position = walk.Position;
        }
    }

    /// <summary>Checks all that an accepted image promises.</summary>
    internal static void Check(byte[] file, in ElfImage image)
    {
        ElfHeaderEntry[] headers = Headers(file);
        ElfHeaderEntry[] loaded =
            [.. headers.Where(h => h.Type == 1 && (h.MemoryBytes | h.FileBytes) != 0)];
        Assert.DoesNotContain(headers, h => h.Type == 3);
        Assert.DoesNotContain(headers, h => h.Type == 0x6474E551 && (h.Flags & 1) != 0);
        Assert.InRange(image.SegmentCount, 1, 16);
        Assert.Equal(loaded.Length, image.SegmentCount);
        ulong end = 0;
        for (int i = 0; i < loaded.Length; i++)
        {
            CheckSegment(file, image, image.Segment(i), loaded[i]);
            Assert.True(image.Segment(i).Offset.Value >= end, "segments share a page");
            end = image.Segment(i).Offset.Value + image.Segment(i).Pages.Value;
        }

        ulong entry = image.Entry;
        Assert.Equal(0ul, image.Segment(0).Offset.Value);
        Assert.Equal(end, image.Pages.Value);
        Assert.True(end * PageBytes <= 1 << 30);
        Assert.Equal(BitConverter.ToUInt64(file, 24), entry);
        Assert.Contains(loaded, h => (h.Flags & 1) != 0 && Holds(h, entry, 1));
        List<Relocation> relocations = Relocations(image);
        Assert.Equal(relocations, RelocationsOneByOne(image));
        Assert.All(relocations, one => Assert.Contains(
            loaded, h => (h.Flags & 3) == 2 && Holds(h, one.Offset, 8)));
        Assert.Equal(
            Expected(file, headers, loaded).ToHashSet(), relocations.ToHashSet());
    }

    private static void CheckSegment(
        byte[] file, in ElfImage image, in ElfSegment segment, ElfHeaderEntry header)
    {
        Assert.False(segment.Rights.CanWrite && segment.Rights.CanExecute);
        Assert.True(segment.Rights.Allows(MemOS.Memory.Access.Read));
        Assert.Equal((header.Flags & 2) != 0, segment.Rights.CanWrite);
        Assert.Equal((header.Flags & 1) != 0, segment.Rights.CanExecute);
        UInt128 first = header.Address / PageBytes;
        UInt128 last = ((UInt128)header.Address + header.MemoryBytes - 1) / PageBytes;
        Assert.Equal(first, segment.Offset.Value);
        Assert.Equal(last - first + 1, segment.Pages.Value);
        Assert.Equal(header.Address, segment.Offset.Bytes + (ulong)segment.OffsetInPage);
        Assert.InRange(segment.OffsetInPage, 0, 4095);
        Assert.Equal(header.FileBytes, (ulong)segment.FileBytes);
        Assert.True((ulong)segment.OffsetInPage + header.FileBytes <= segment.Pages.Bytes);
        Assert.True(header.FileBytes == 0 || header.FileStart == (ulong)segment.FileOffset);
        Assert.True(image.Content(segment).SequenceEqual(
            file.AsSpan(segment.FileOffset, segment.FileBytes)));
    }

    private static ElfHeaderEntry[] Headers(byte[] file)
    {
        int start = checked((int)BitConverter.ToUInt64(file, 32));
        return [.. Enumerable.Range(0, BitConverter.ToUInt16(file, 56))
            .Select(i => ElfHeaderEntry.Read(file.AsSpan(start + (i * 56), 56)))];
    }

    private static bool Holds(ElfHeaderEntry header, ulong offset, uint bytes) =>
        offset >= header.Address
        && (UInt128)offset + bytes <= (UInt128)header.Address + header.MemoryBytes;

    private static IEnumerable<Relocation> Expected(
        byte[] file, ElfHeaderEntry[] headers, ElfHeaderEntry[] loaded)
    {
        ElfHeaderEntry? dynamic = headers.SingleOrDefault(h => h.Type == 2);
        if (dynamic is null || dynamic.FileBytes == 0)
        {
            return [];
        }

        Dictionary<ulong, ulong> tags = [];
        for (int at = (int)dynamic.FileStart; BitConverter.ToUInt64(file, at) != 0; at += 16)
        {
            tags[BitConverter.ToUInt64(file, at)] = BitConverter.ToUInt64(file, at + 8);
        }

        Assert.DoesNotContain(1ul, tags.Keys);
        Assert.DoesNotContain(17ul, tags.Keys);
        ulong[] rela = Table(file, loaded, tags, 7, 8);
        ulong[] plt = Table(file, loaded, tags, 23, 2);
        return [
            .. rela.Concat(plt).Chunk(3).Where(entry => entry[1] != 0)
                .Select(entry => Entry(entry)),
            .. Packed(Table(file, loaded, tags, 36, 35))
                .Select(place => new Relocation(place, Held(file, loaded, place))),
        ];
    }

    private static Relocation Entry(ulong[] entry)
    {
        Assert.Equal(8ul, entry[1]);
        return new Relocation(entry[0], entry[2]);
    }

    private static ulong[] Table(
        byte[] file, ElfHeaderEntry[] loaded, Dictionary<ulong, ulong> tags, ulong place,
        ulong size)
    {
        if (!tags.TryGetValue(size, out ulong bytes) || bytes == 0)
        {
            return [];
        }

        ElfHeaderEntry segment = loaded.Single(h => Holds(h, tags[place], 1));
        ulong start = tags[place] - segment.Address;
        Assert.True((UInt128)start + bytes <= segment.FileBytes);
        return [.. Enumerable.Range(0, checked((int)(bytes / 8)))
            .Select(i => BitConverter.ToUInt64(file, (int)(segment.FileStart + start) + (i * 8)))];
    }

    private static IEnumerable<ulong> Packed(ulong[] words)
    {
        ulong covered = 0;
        foreach (ulong word in words)
        {
            if (word % 2 == 0)
            {
                yield return word;
                covered = word;
                continue;
            }

            for (int bit = 1; bit < 64; bit++)
            {
                if ((word >> bit) % 2 == 1)
                {
                    yield return covered + ((ulong)bit * 8);
                }
            }

            covered += 63 * 8;
        }
    }

    // Byte by byte, as a loaded image would hold it before relocation.
    private static ulong Held(byte[] file, ElfHeaderEntry[] loaded, ulong place)
    {
        ElfHeaderEntry segment = loaded.Single(h => Holds(h, place, 8));
        ulong value = 0;
        for (int i = 7; i >= 0; i--)
        {
            ulong at = place + (ulong)i - segment.Address;
            value = (value << 8) | (at < segment.FileBytes ? file[segment.FileStart + at] : 0ul);
        }

        return value;
    }
}
