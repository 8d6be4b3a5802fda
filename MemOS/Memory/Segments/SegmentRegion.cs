using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Memory.Segments;

/// <summary>A mapping: a region of an address space whose pages are a segment's.</summary>
public sealed class SegmentRegion<TMemory> : Region
    where TMemory : struct, IPhysicalMemory
{
    internal SegmentRegion(
        PageRange range, PageRights rights, RegionKind kind, AddressSpace<TMemory> space,
        Segment<TMemory> segment, PageCount offset, MappingMode mode)
        : base(range, rights, kind, Backing.Segment)
    {
        Space = space;
        Segment = segment;
        Offset = offset;
        Mode = mode;
    }

    /// <summary>The same for another space: see the base.</summary>
    internal SegmentRegion(
        SegmentRegion<TMemory> from, AddressSpace<TMemory> space, MappingMode mode)
        : base(from)
    {
        Space = space;
        Segment = from.Segment;
        Offset = from.Offset;
        Mode = mode;
        SegmentPages = from.SegmentPages;
        IsEnding = from.IsEnding;
        Age = from.Age;
    }

    /// <summary>What is mapped.</summary>
    public Segment<TMemory> Segment { get; }

    /// <summary>The page of the segment that the first page here is.</summary>
    public PageCount Offset { get; }

    /// <summary>How it relates to the segment.</summary>
    public MappingMode Mode { get; }

    /// <summary>The page of the segment that a page of this region is.</summary>
    public PageCount PageOf(Page page) =>
        PageCount.Of(page.Number - FirstNumber + Offset.Value);

    /// <summary>Whether its pages can become its own.</summary>
    internal bool IsCopyOnWrite => Mode == MappingMode.CopyOnWrite;

    /// <summary>Frames that its space can need for pages of its own.</summary>
    internal ulong CopiesNeeded => IsCopyOnWrite ? Range.Count.Value : 0;

    /// <summary>Small pages here that are mapped to frames of the segment.</summary>
    internal ulong SegmentPages { get; set; }

    /// <summary>Whether it is being unmapped in pieces; nobody can use it any more.</summary>
    internal bool IsEnding { get; set; }

    /// <summary>What its pages can be mapped with while they are the segment's.</summary>
    internal PageRights SharedRights => IsCopyOnWrite ? Rights.WithoutWrite() : Rights;

    /// <summary>Whether it lets one write what others see.</summary>
    internal bool WritesFrames => Rights.CanWrite && !IsCopyOnWrite;

    /// <summary>The space that it is in.</summary>
    internal AddressSpace<TMemory> Space { get; }

    /// <summary>
    /// Its place among the mappings of the segment, the oldest first; that of a copy in a copied
    /// space is its original's.
    /// </summary>
    internal ulong Age { get; set; }

    /// <summary>
    /// The top of the mappings that come before it in its subtree: see
    /// <see cref="MappingTree{T}"/>.
    /// </summary>
    internal SegmentRegion<TMemory>? Before { get; set; }

    /// <summary>The top of those that come after it.</summary>
    internal SegmentRegion<TMemory>? After { get; set; }

    /// <summary>Whether it comes before another of its space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsBefore(SegmentRegion<TMemory> other) => Segment == other.Segment
        ? Age < other.Age
        : Segment.Serial < other.Segment.Serial;

    /// <summary>The index of a page of this region in the segment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong IndexOf(Page page) =>
        page.Number - FirstNumber + Offset.Value + Segment.Lead;

    /// <summary>
    /// Whether a large page of the segment could lie here: all within, and both aligned.
    /// </summary>
    internal bool FitsLarge(Page first) =>
        first.Number >= FirstNumber && first.Number + PageSizes.SmallInLarge <= EndNumber
            && (IndexOf(first) & (PageSizes.SmallInLarge - 1)) == 0;
}
