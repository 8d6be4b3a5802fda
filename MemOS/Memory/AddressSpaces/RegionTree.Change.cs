using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>Adding, taking out and cutting regions.</content>
internal sealed partial class RegionTree
{
    /// <summary>Adds a region at its place, as <see cref="IsFree"/> found it.</summary>
    public void Insert(Region region, in Spot spot)
    {
        ulong floor = spot.Below?.EndNumber ?? bounds.First.Number;
        ulong ceiling = spot.Above?.FirstNumber ?? bounds.EndNumber;
        Ensure.That(
            region.FirstNumber >= floor && region.FirstNumber < region.EndNumber
                && region.EndNumber <= ceiling,
            "regions do not overlap and stay within bounds");
        region.Weight = NextWeight();
        region.Gap = region.FirstNumber - floor;
        region.SubtreeGap = Math.Min(region.Gap, LongGap);
        Attach(region, spot);
        Count++;
        Refresh(region.Parent);
        CloseGapAbove(spot.Above, region.EndNumber);
        while (region.Parent is not null && region.Parent.Weight < region.Weight)
        {
            Raise(region);
        }
    }

    /// <summary>
    /// Becomes a tree of copies of another's regions, in the same shape; it is empty yet.
    /// </summary>
    public void Repeat(RegionTree other, Func<Region, Region> copyOf)
    {
        Ensure.That(_root is null, "only an empty tree takes another's shape");
        _root = other._root is null ? null : Copy(other._root, null, copyOf);
        Count = other.Count;
    }

    /// <summary>Takes a region out.</summary>
    public void Remove(Region region)
    {
        Region? above = Next(region);
        ulong floor = region.FirstNumber - region.Gap;
        while (region.Left is not null && region.Right is not null)
        {
            bool isLeft = region.Left.Weight > region.Right.Weight;
            Raise(isLeft ? region.Left : region.Right);
        }

        Region? parent = region.Parent;
        Region? child = region.Left ?? region.Right;
        Replace(parent, region, child);
        if (child is not null)
        {
            child.Parent = parent;
        }

        region.Parent = null;
        region.Left = null;
        region.Right = null;
        _recent = null;
        Count--;
        Refresh(parent);
        CloseGapAbove(above, floor);
    }

    /// <summary>Takes pages off the lower end of a region; some are left.</summary>
    public void CutLower(Region region, ulong first)
    {
        Ensure.That(
            first >= region.FirstNumber && first < region.EndNumber, "a part of it is left");
        region.Gap += first - region.FirstNumber;
        region.FirstNumber = first;
        Refresh(region);
    }

    /// <summary>Takes pages off the upper end of a region; some are left.</summary>
    public void CutUpper(Region region, ulong end)
    {
        Ensure.That(end > region.FirstNumber && end <= region.EndNumber, "a part of it is left");
        region.EndNumber = end;
        CloseGapAbove(Next(region), end);
    }

    // Goes as deep as the tree, which is a few times the logarithm of the number of regions.
    private static Region Copy(Region from, Region? parent, Func<Region, Region> copyOf)
    {
        Region copy = copyOf(from);
        copy.Parent = parent;
        copy.Left = from.Left is null ? null : Copy(from.Left, copy, copyOf);
        copy.Right = from.Right is null ? null : Copy(from.Right, copy, copyOf);
        return copy;
    }

    // Xorshift (Marsaglia, 2003): good enough for a heap order that no program can see.
    private uint NextWeight()
    {
        _weight ^= _weight << 13;
        _weight ^= _weight >> 17;
        _weight ^= _weight << 5;
        return _weight;
    }

    private static void CloseGapAbove(Region? above, ulong floor)
    {
        if (above is not null)
        {
            above.Gap = above.FirstNumber - floor;
            Refresh(above);
        }
    }

    // Of two regions next to each other, the lower has nothing to its right or the upper
    // nothing to its left.
    private void Attach(Region region, in Spot spot)
    {
        if (spot.Below is { Right: null } below)
        {
            below.Right = region;
            region.Parent = below;
        }
        else if (spot.Above is not null)
        {
            Ensure.That(spot.Above.Left is null, "a spot is between neighbours");
            spot.Above.Left = region;
            region.Parent = spot.Above;
        }
        else
        {
            Ensure.That(_root is null, "a spot is next to what there is");
            _root = region;
        }
    }

    // Swaps a region with its parent and keeps the order.
    private void Raise(Region region)
    {
        Region parent = region.Parent!;
        Region? moved;
        if (parent.Left == region)
        {
            moved = region.Right;
            parent.Left = moved;
            region.Right = parent;
        }
        else
        {
            moved = region.Left;
            parent.Right = moved;
            region.Left = parent;
        }

        if (moved is not null)
        {
            moved.Parent = parent;
        }

        Replace(parent.Parent, parent, region);
        region.Parent = parent.Parent;
        parent.Parent = region;
        region.SubtreeGap = parent.SubtreeGap;
        parent.SubtreeGap = LongestGap(parent);
    }

    private void Replace(Region? parent, Region from, Region? to)
    {
        if (parent is null)
        {
            Ensure.That(_root == from, "a region is changed that is there");
            _root = to;
        }
        else if (parent.Left == from)
        {
            parent.Left = to;
        }
        else
        {
            Ensure.That(parent.Right == from, "a region is changed that is there");
            parent.Right = to;
        }
    }

    // Above a subtree whose longest gap stays the same, nothing changes: the few long gaps, which
    // most new regions fall into, stay long.
    private static void Refresh(Region? changed)
    {
        Region? at = changed;
        while (at is not null)
        {
            ulong longest = LongestGap(at);
            if (longest == at.SubtreeGap)
            {
                return;
            }

            at.SubtreeGap = longest;
            at = at.Parent;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LongestGap(Region region)
    {
        ulong longest = Math.Min(region.Gap, LongGap);
        if (region.Left is not null)
        {
            longest = Math.Max(longest, region.Left.SubtreeGap);
        }

        return region.Right is null ? longest : Math.Max(longest, region.Right.SubtreeGap);
    }
}
