using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// A range of pages of one address space with the same rights and the same origin. It is a node
/// of the <see cref="RegionTree"/> as well; all in all 88 bytes. One whose pages are those of a
/// segment is a <see cref="Segments.SegmentRegion{TMemory}"/>.
/// </summary>
public class Region
{
    internal Region(PageRange range, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin = null) => Become(range, rights, kind, backing, origin);

    /// <summary>The same for another space: see <see cref="BecomeCopy"/>.</summary>
    internal Region(Region from) => BecomeCopy(from);

    /// <summary>The pages.</summary>
    public PageRange Range => PageRange.Known(FirstNumber, EndNumber);

    /// <summary>Those of the pages that lie in a range, which some do.</summary>
    internal PageRange Within(PageRange range) => PageRange.Known(
        Math.Max(FirstNumber, range.First.Number), Math.Min(EndNumber, range.EndNumber));

    /// <summary>What the program may do there.</summary>
    public PageRights Rights { get; private set; }

    /// <summary>What it is for.</summary>
    public RegionKind Kind { get; private set; }

    /// <summary>Where its pages come from.</summary>
    public Backing Backing { get; private set; }

    /// <summary>Whether pages are given at the first touch.</summary>
    internal bool IsDemand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Backing is Backing.Demand or Backing.DemandZero or Backing.DemandFilled;
    }

    /// <summary>What fills its pages, if they are neither zeroed nor left as they are.</summary>
    internal PageOrigin? Origin { get; private set; }

    /// <summary>The number of the first page; only the tree changes it.</summary>
    internal ulong FirstNumber { get; set; }

    /// <summary>The number just past the last page's; only the tree changes it.</summary>
    internal ulong EndNumber { get; set; }

    /// <summary>The region that this one is below of, in the tree.</summary>
    internal Region? Parent { get; set; }

    /// <summary>The top of the regions at lower addresses in this one's subtree.</summary>
    internal Region? Left { get; set; }

    /// <summary>The top of the regions at higher addresses in this one's subtree.</summary>
    internal Region? Right { get; set; }

    /// <summary>Free pages between the next lower region, or the lowest page, and this.</summary>
    internal ulong Gap { get; set; }

    /// <summary>The longest gap of the subtree, as far as the tree counts.</summary>
    internal ulong SubtreeGap { get; set; }

    /// <summary>The place in the heap order of the treap; drawn at random.</summary>
    internal uint Weight { get; set; }

    /// <summary>Begins anew: one that is in no tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Become(PageRange range, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin)
    {
        Ensure.That(
            !rights.CanExecute || backing != Backing.Demand,
            "what a program wrote once never becomes code by coming back");
        Ensure.That(
            (backing == Backing.DemandFilled) == (origin is not null),
            "what is filled has an origin");
        Origin = origin;
        FirstNumber = range.First.Number;
        EndNumber = range.EndNumber;
        Rights = rights;
        Kind = kind;
        Backing = backing;
    }

    /// <summary>
    /// Becomes the same for another space, at the same place of a tree yet to be linked.
    /// </summary>
    internal void BecomeCopy(Region from)
    {
        Origin = from.Origin;
        FirstNumber = from.FirstNumber;
        EndNumber = from.EndNumber;
        Rights = from.Rights;
        Kind = from.Kind;
        Backing = from.Backing;
        Gap = from.Gap;
        SubtreeGap = from.SubtreeGap;
        Weight = from.Weight;
    }
}
