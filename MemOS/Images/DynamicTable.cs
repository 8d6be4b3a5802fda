using System;
using System.Buffers.Binary;

namespace MemOS.Images;

/// <summary>
/// What the dynamic section says of relocations (gABI 4.1, chapter 5; DT_RELR in its later draft).
/// Tables are given by their places in memory.
/// </summary>
internal struct DynamicTable
{
    private const int EntryBytes = 16;
    private const int RelaBytes = 24;
    private const int RelrBytes = 8;

    // Bit n stands for tag n: each that means something here is below 64.
    private ulong _seen;
    private ulong _rela;
    private ulong _relaSize;
    private ulong _relaEntry;
    private ulong _plt;
    private ulong _pltSize;
    private ulong _pltKind;
    private ulong _relr;
    private ulong _relrSize;
    private ulong _relrEntry;

    private enum Tag : ulong
    {
        Null = 0,
        Needed = 1,
        PltSize = 2,
        Rela = 7,
        RelaSize = 8,
        RelaEntry = 9,
        Rel = 17,
        PltKind = 20,
        Plt = 23,
        RelrSize = 35,
        Relr = 36,
        RelrEntry = 37,
    }

    /// <summary>Reads the section up to its null entry.</summary>
    internal static ImageStatus TryRead(ReadOnlySpan<byte> section, out DynamicTable table)
    {
        table = default;
        for (; section.Length >= EntryBytes; section = section[EntryBytes..])
        {
            Tag tag = (Tag)BinaryPrimitives.ReadUInt64LittleEndian(section);
            if (tag == Tag.Null)
            {
                return ImageStatus.Good;
            }

            ImageStatus status =
                table.TryAdd(tag, BinaryPrimitives.ReadUInt64LittleEndian(section[8..]));
            if (status != ImageStatus.Good)
            {
                return status;
            }
        }

        return ImageStatus.DynamicWithoutEnd;
    }

    /// <summary>Finds the tables in the file.</summary>
    internal readonly ImageStatus TryLocate(
        in SegmentTable segments, out RelocationTables tables)
    {
        tables = default;
        if (!HasBoth(Tag.Rela, Tag.RelaSize) || !HasBoth(Tag.Plt, Tag.PltSize)
            || !HasBoth(Tag.Relr, Tag.RelrSize)
            || (Has(Tag.Rela) && _relaEntry != RelaBytes)
            || (Has(Tag.Plt) && _pltKind != (ulong)Tag.Rela)
            || (Has(Tag.Relr) && _relrEntry != RelrBytes)
            || _relaSize % RelaBytes != 0 || _pltSize % RelaBytes != 0
            || _relrSize % RelrBytes != 0)
        {
            return ImageStatus.BadTable;
        }

        if (!segments.TryFindInFile(_rela, _relaSize, out FileRange rela)
            || !segments.TryFindInFile(_plt, _pltSize, out FileRange plt)
            || !segments.TryFindInFile(_relr, _relrSize, out FileRange relr))
        {
            return ImageStatus.TableBeyondSegment;
        }

        return RelocationTables.TryCreate(rela, plt, relr, out tables)
            ? ImageStatus.Good
            : ImageStatus.BadTable;
    }

    private readonly bool Has(Tag tag) => (_seen & (1ul << (int)tag)) != 0;

    private readonly bool HasBoth(Tag a, Tag b) => Has(a) == Has(b);

    private ImageStatus TryAdd(Tag tag, ulong value)
    {
        if (tag == Tag.Needed)
        {
            return ImageStatus.NeedsLibrary;
        }

        if (tag == Tag.Rel)
        {
            return ImageStatus.UnsupportedTable;
        }

        // Two readers that take different ones of a repeated entry would see different programs.
        if ((ulong)tag < 64)
        {
            if (Has(tag))
            {
                return ImageStatus.RepeatedTag;
            }

            _seen |= 1ul << (int)tag;
        }

        Set(tag, value);
        return ImageStatus.Good;
    }

    private void Set(Tag tag, ulong value)
    {
        switch (tag)
        {
            case Tag.Rela:
                _rela = value;
                break;
            case Tag.RelaSize:
                _relaSize = value;
                break;
            case Tag.RelaEntry:
                _relaEntry = value;
                break;
            case Tag.Plt:
                _plt = value;
                break;
            case Tag.PltSize:
                _pltSize = value;
                break;
            case Tag.PltKind:
                _pltKind = value;
                break;
            case Tag.Relr:
                _relr = value;
                break;
            case Tag.RelrSize:
                _relrSize = value;
                break;
            case Tag.RelrEntry:
                _relrEntry = value;
                break;
        }
    }
}
