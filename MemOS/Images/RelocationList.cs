using System;
using System.Buffers.Binary;
using System.Numerics;
using MemOS.Memory;

namespace MemOS.Images;

/// <summary>
/// The relocations of an image, read in place. Each is independent of the others, so their order
/// does not matter unless two are for the same bytes.
/// </summary>
public readonly ref struct RelocationList
{
    /// <summary>Bytes of an entry with an addend (Elf64_Rela).</summary>
    internal const int EntryBytes = 24;

    private readonly ReadOnlySpan<byte> _file;
    private readonly RelocationTables _tables;
    private readonly SegmentTable _segments;

    internal RelocationList(
        ReadOnlySpan<byte> file, scoped in RelocationTables tables, scoped in SegmentTable segments)
    {
        _file = file;
        _tables = tables;
        _segments = segments;
    }

    /// <summary>Starts at the first relocation.</summary>
    public Enumerator GetEnumerator() => new(_file, _tables, _segments);

    /// <summary>Goes on where another walk over the same image has come to.</summary>
    /// <param name="position">Of a walk that has not ended.</param>
    public Enumerator From(RelocationPosition position) =>
        new(_file, _tables, _segments, position);

    /// <summary>Reads them all.</summary>
    internal ImageStatus Check()
    {
        Enumerator entries = GetEnumerator();
        while (entries.MoveNext())
        {
        }

        return entries.Status;
    }

    /// <summary>Walks the relocations.</summary>
    public ref struct Enumerator
    {
        private const int WordBytes = sizeof(ulong);

        // All bits of a word but the one that tells bitmaps from addresses.
        private const int BitmapWords = 63;

        private readonly ReadOnlySpan<byte> _file;
        private readonly SegmentTable _segments;
        private readonly RelocationTables _tables;
        private ReadOnlySpan<byte> _rela;
        private ReadOnlySpan<byte> _plt;
        private ReadOnlySpan<byte> _relr;
        private PackedPosition _packed;

        internal Enumerator(
            ReadOnlySpan<byte> file, scoped in RelocationTables tables,
            scoped in SegmentTable segments, RelocationPosition position = default)
        {
            _file = file;
            _segments = segments;
            _rela = tables.Rela.Of(file)[position.Rela..];
            _plt = tables.Plt.Of(file)[position.Plt..];
            _relr = tables.Relr.Of(file)[position.Relr..];
            _packed = position.Packed;
            _tables = tables;
        }

        /// <summary>The relocation; valid after a step that found one.</summary>
        public Relocation Current { get; private set; }

        /// <summary>What ended the walk: Good, or what is wrong with the next entry.</summary>
        public ImageStatus Status { get; private set; }

        /// <summary>How far the walk has come; it has not ended.</summary>
        public readonly RelocationPosition Position => new(
            _tables.Rela.Bytes - _rela.Length, _tables.Plt.Bytes - _plt.Length,
            _tables.Relr.Bytes - _relr.Length, _packed);

        /// <summary>Goes to the next relocation, if there is one.</summary>
        public bool MoveNext() =>
            TryTakeEntry(ref _rela) || TryTakeEntry(ref _plt) || TryTakePacked();

        private bool TryTakeEntry(ref ReadOnlySpan<byte> table)
        {
            // The symbol, in the upper half, must be none too.
            const ulong None = 0;
            const ulong Relative = 8;
            while (table.Length >= EntryBytes)
            {
                ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(table);
                ulong kind = BinaryPrimitives.ReadUInt64LittleEndian(table[8..]);
                ulong addend = BinaryPrimitives.ReadUInt64LittleEndian(table[16..]);
                table = table[EntryBytes..];
                if (kind == Relative)
                {
                    Current = new Relocation(offset, addend);
                    return _segments.TryFind(offset, WordBytes, Access.Write, out _)
                        || End(ImageStatus.RelocationNotWritable);
                }

                if (kind != None)
                {
                    return End(ImageStatus.UnknownRelocation);
                }
            }

            return false;
        }

        // An even word is an address that is relocated. An odd one says which of the 63 words
        // after the last place are: bit n + 1 stands for the n-th.
        private bool TryTakePacked()
        {
            while (_packed.Bitmap == 0)
            {
                if (_relr.Length < WordBytes)
                {
                    return false;
                }

                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(_relr);
                _relr = _relr[WordBytes..];
                if ((word & 1) == 0)
                {
                    _packed = new PackedPosition(true, 0, 0, word + WordBytes);
                    return TakePlace(word);
                }

                if (!_packed.HasAddress)
                {
                    return End(ImageStatus.BadPackedTable);
                }

                _packed = new PackedPosition(
                    true, word >> 1, _packed.Next, _packed.Next + (BitmapWords * WordBytes));
            }

            ulong bitmap = _packed.Bitmap;
            _packed = _packed with { Bitmap = bitmap & (bitmap - 1) };
            int bit = BitOperations.TrailingZeroCount(bitmap);
            return TakePlace(_packed.BitmapStart + (ulong)(bit * WordBytes));
        }

        // The addend is what the place holds at first: in the file, or zero beyond its part.
        private bool TakePlace(ulong offset)
        {
            if (!_segments.TryFind(offset, WordBytes, Access.Write, out ElfSegment segment))
            {
                return End(ImageStatus.RelocationNotWritable);
            }

            ReadOnlySpan<byte> content = segment.File.Of(_file);
            int distance = Math.Min(segment.Distance(offset), content.Length);
            int known = Math.Min(WordBytes, content.Length - distance);
            Span<byte> word = stackalloc byte[WordBytes];
            word.Clear();
            content.Slice(distance, known).CopyTo(word);
            Current = new Relocation(offset, BinaryPrimitives.ReadUInt64LittleEndian(word));
            return true;
        }

        private bool End(ImageStatus status)
        {
            Status = status;
            _rela = default;
            _plt = default;
            _relr = default;
            _packed = default;
            return false;
        }
    }
}
