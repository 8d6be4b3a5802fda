using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// The regions of an address space by their addresses: a treap (Aragon and Seidel, 1989), whose
/// depth is logarithmic whatever the order of insertions. Each region knows the gap below it, and
/// each subtree its longest gap, so that room is found in logarithmic time too. One descent finds
/// a place; to add or take out a region there is a handful of steps.
/// </summary>
/// <param name="random">Where the heap order and the choice between gaps come from.</param>
/// <param name="bounds">What may be used: all regions lie within.</param>
internal sealed partial class RegionTree(RandomSource random, PageRange bounds)
{
    private Region? _root;

    // Never 0.
    private uint _weight = (uint)random.Next() | 1;

    // Faults and calls come in runs for one region.
    private Region? _recent;

    /// <summary>How many regions there are.</summary>
    public int Count { get; private set; }

    /// <summary>What may be used.</summary>
    public PageRange Bounds => bounds;

    /// <summary>The region that a page is in.</summary>
    public bool TryFind(Page page, [NotNullWhen(true)] out Region? region)
    {
        ulong number = page.Number;
        region = _recent;
        if (region is not null && number >= region.FirstNumber && number < region.EndNumber)
        {
            return true;
        }

        region = Locate(number).Below;
        if (region is null || number >= region.EndNumber)
        {
            region = null;
            return false;
        }

        _recent = region;
        return true;
    }

    /// <summary>The lowest region that ends above a page number; null if there is none.</summary>
    public Region? FirstEndingAbove(ulong number)
    {
        Spot spot = Locate(number);
        return spot.Below is not null && spot.Below.EndNumber > number ? spot.Below : spot.Above;
    }

    /// <summary>Whether no region has a page of the range; if so, where that is.</summary>
    public bool IsFree(PageRange range, out Spot spot)
    {
        spot = Locate(range.First.Number);
        return (spot.Below is null || spot.Below.EndNumber <= range.First.Number)
            && (spot.Above is null || spot.Above.FirstNumber >= range.EndNumber);
    }

    /// <summary>The region at the next higher addresses.</summary>
    public static Region? Next(Region region)
    {
        if (region.Right is not null)
        {
            return Lowest(region.Right);
        }

        Region at = region;
        while (at.Parent is not null && at.Parent.Right == at)
        {
            at = at.Parent;
        }

        return at.Parent;
    }

    /// <summary>The region at the next lower addresses.</summary>
    public static Region? Previous(Region region)
    {
        if (region.Left is not null)
        {
            return Highest(region.Left);
        }

        Region at = region;
        while (at.Parent is not null && at.Parent.Left == at)
        {
            at = at.Parent;
        }

        return at.Parent;
    }

    // The regions that start at the number or below it and above it, next to it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Spot Locate(ulong number)
    {
        Region? below = null;
        Region? above = null;
        Region? at = _root;
        while (at is not null)
        {
            if (at.FirstNumber <= number)
            {
                below = at;
                at = at.Right;
            }
            else
            {
                above = at;
                at = at.Left;
            }
        }

        return new Spot(below, above);
    }

    private static Region Lowest(Region top)
    {
        Region at = top;
        while (at.Left is not null)
        {
            at = at.Left;
        }

        return at;
    }

    private static Region Highest(Region top)
    {
        Region at = top;
        while (at.Right is not null)
        {
            at = at.Right;
        }

        return at;
    }
}
