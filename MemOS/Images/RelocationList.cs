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
        private ReadOnlySpan<byte> _rela;
        private ReadOnlySpan<byte> _plt;
        private ReadOnlySpan<byte> _relr;
        private bool _hasAddress;
        private ulong _bitmap;
        private ulong _bitmapStart;
        private ulong _next;

        internal Enumerator(
            ReadOnlySpan<byte> file, scoped in RelocationTables tables,
            scoped in SegmentTable segments)
        {
            _file = file;
            _segments = segments;
            _rela = tables.Rela.Of(file);
            _plt = tables.Plt.Of(file);
            _relr = tables.Relr.Of(file);
        }

        /// <summary>The relocation; valid after a step that found one.</summary>
        public Relocation Current { get; private set; }

        /// <summary>What ended the walk; Good unless the image is being checked.</summary>
        internal ImageStatus Status { get; private set; }

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
            while (_bitmap == 0)
            {
                if (_relr.Length < WordBytes)
                {
                    return false;
                }

                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(_relr);
                _relr = _relr[WordBytes..];
                if ((word & 1) == 0)
                {
                    _hasAddress = true;
                    _next = word + WordBytes;
                    return TakePlace(word);
                }

                if (!_hasAddress)
                {
                    return End(ImageStatus.BadPackedTable);
                }

                _bitmap = word >> 1;
                _bitmapStart = _next;
                _next += BitmapWords * WordBytes;
            }

            int bit = BitOperations.TrailingZeroCount(_bitmap);
            _bitmap &= _bitmap - 1;
            return TakePlace(_bitmapStart + (ulong)(bit * WordBytes));
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
            _bitmap = 0;
            return false;
        }
    }
}
