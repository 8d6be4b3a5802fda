using System.Runtime.CompilerServices;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Images;

/// <summary>The segments of an image, in the order of addresses; no two share a page.</summary>
internal struct SegmentTable
{
    private Store _store;

    [InlineArray(ElfImage.MostSegments)]
    private struct Store
    {
        private ElfSegment _first;
    }

    internal int Count { get; private set; }

    /// <summary>Pages from the image's base to just past the last segment.</summary>
    internal readonly PageCount End => Count == 0 ? default : _store[Count - 1].End;

    internal readonly ElfSegment this[int index]
    {
        get
        {
            Ensure.That((uint)index < (uint)Count, "a segment's number is below their count");
            return _store[index];
        }
    }

    /// <summary>Adds the next segment.</summary>
    internal ImageStatus TryAdd(in ElfSegment segment)
    {
        if (Count == ElfImage.MostSegments)
        {
            return ImageStatus.TooManySegments;
        }

        if (segment.Offset < End)
        {
            return segment.Offset < _store[Count - 1].Offset
                ? ImageStatus.SegmentsUnsorted
                : ImageStatus.SegmentsOverlap;
        }

        if (Count == 0 && segment.Offset.Value != 0)
        {
            return ImageStatus.NotBasedAtZero;
        }

        _store[Count++] = segment;
        return ImageStatus.Good;
    }

    /// <summary>Finds the segment that all of the bytes lie in, if it allows an access.</summary>
    internal readonly bool TryFind(
        ulong offset, ulong bytes, Access access, out ElfSegment segment)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_store[i].Contains(offset, bytes))
            {
                segment = _store[i];
                return segment.Rights.Allows(access);
            }
        }

        segment = default;
        return false;
    }

    /// <summary>Finds bytes of the image in the file, which must have all of them.</summary>
    internal readonly bool TryFindInFile(ulong offset, ulong bytes, out FileRange range)
    {
        range = default;
        return bytes == 0
            || (TryFind(offset, bytes, Access.Read, out ElfSegment segment)
                && segment.TryFindInFile(offset, bytes, out range));
    }
}
