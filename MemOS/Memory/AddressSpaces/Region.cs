using MemOS.Abi;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// A range of pages of one address space with the same rights and the same origin. It is a node
/// of the <see cref="RegionTree"/> as well; all in all 88 bytes.
/// </summary>
public sealed class Region
{
    internal Region(PageRange range, PageRights rights, RegionKind kind, Backing backing)
    {
        Range = range;
        Rights = rights;
        Kind = kind;
        Backing = backing;
    }

    /// <summary>The pages.</summary>
    public PageRange Range { get; internal set; }

    /// <summary>What the program may do there.</summary>
    public PageRights Rights { get; }

    /// <summary>What it is for.</summary>
    public RegionKind Kind { get; }

    /// <summary>Where its pages come from.</summary>
    public Backing Backing { get; }

    /// <summary>Whether pages are given at the first touch.</summary>
    internal bool IsDemand => Backing is Backing.Demand or Backing.DemandZero;

    /// <summary>The regions below this one, in the tree.</summary>
    internal Region? Left { get; set; }

    /// <summary>The regions above this one.</summary>
    internal Region? Right { get; set; }

    /// <summary>The number of the lowest page in the subtree.</summary>
    internal ulong SubtreeFirst { get; set; }

    /// <summary>The number just past the highest page in the subtree.</summary>
    internal ulong SubtreeEnd { get; set; }

    /// <summary>The longest run of free pages between two regions of the subtree.</summary>
    internal ulong SubtreeGap { get; set; }

    /// <summary>The place in the heap order of the treap; drawn at random.</summary>
    internal uint Weight { get; set; }
}
