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
        Region? above = spot.Above;
        ulong floor = spot.Below?.EndNumber ?? bounds.First.Number;
        ulong ceiling = above?.FirstNumber ?? bounds.EndNumber;
        Ensure.That(
            region.FirstNumber >= floor && region.FirstNumber < region.EndNumber
                && region.EndNumber <= ceiling,
            "regions do not overlap and stay within bounds");
        region.Weight = NextWeight();
        region.Gap = region.FirstNumber - floor;
        if (above is not null)
        {
            above.Gap = above.FirstNumber - region.EndNumber;
        }

        Climb(region, LeafParent(spot));
        Count++;
        _recent = region;
        Refresh(region.Parent);
        Refresh(above);
    }

    /// <summary>Takes a region out.</summary>
    /// <returns>The region above it.</returns>
    public Region? Remove(Region region)
    {
        Region? above = Next(region);
        ulong floor = region.FirstNumber - region.Gap;
        Region? parent = Sink(region);
        region.Parent = null;
        region.Left = null;
        region.Right = null;
        _recent = null;
        Count--;
        Refresh(parent);
        CloseGapAbove(above, floor);
        return above;
    }

    /// <summary>
    /// Takes out a region when all are to go, in no order; null after the last. Until then the tree
    /// is good for nothing else.
    /// </summary>
    public Region? ClearNext()
    {
        Region? at = _root;
        while (at is not null && (at.Left ?? at.Right) is { } below)
        {
            if (at.Left is not null)
            {
                at.Left = null;
            }
            else
            {
                at.Right = null;
            }

            at = below;
        }

        if (at is not null)
        {
            _root = at.Parent;
            at.Parent = null;
            Count--;
            return at;
        }

        _recent = null;
        return null;
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
    /// <returns>The region above it.</returns>
    public Region? CutUpper(Region region, ulong end)
    {
        Ensure.That(end > region.FirstNumber && end <= region.EndNumber, "a part of it is left");
        Region? above = Next(region);
        region.EndNumber = end;
        CloseGapAbove(above, end);
        return above;
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
    // nothing to its left: there a region between them is a leaf.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Region? LeafParent(in Spot spot)
    {
        if (spot.Below is { Right: null } below)
        {
            return below;
        }

        Ensure.That(
            spot.Above is { Left: null } || _root is null, "a spot is between neighbours");
        return spot.Above;
    }

    // Hangs a region in below those whose weight is not less than its own. It parts the others on
    // the way up: what is lower comes to its left, what is higher to its right.
    private void Climb(Region region, Region? leafParent)
    {
        Region? left = null;
        Region? right = null;
        Region? at = leafParent;
        while (at is not null && at.Weight < region.Weight)
        {
            if (at.FirstNumber < region.FirstNumber)
            {
                at.Right = left;
                if (left is not null)
                {
                    left.Parent = at;
                }

                left = at;
            }
            else
            {
                at.Left = right;
                if (right is not null)
                {
                    right.Parent = at;
                }

                right = at;
            }

            at.SubtreeGap = LongestGap(at);
            at = at.Parent;
        }

        region.Left = left;
        region.Right = right;
        if (left is not null)
        {
            left.Parent = region;
        }

        if (right is not null)
        {
            right.Parent = region;
        }

        region.SubtreeGap = LongestGap(region);
        Hang(region, at);
    }

    // Puts what is below a region in its place, in the order of weights. Tells which region's
    // subtree is the lowest to have lost it.
    private Region? Sink(Region region)
    {
        Region? parent = region.Parent;
        while (region.Left is not null && region.Right is not null)
        {
            Region child = region.Left.Weight > region.Right.Weight ? region.Left : region.Right;
            child.SubtreeGap = region.SubtreeGap;
            Hang(child, parent);
            if (child == region.Left)
            {
                region.Left = child.Right;
            }
            else
            {
                region.Right = child.Left;
            }

            region.SubtreeGap = LongestGap(region);
            parent = child;
        }

        Region? last = region.Left ?? region.Right;
        if (last is null)
        {
            TakeOffLeaf(region, parent);
        }
        else
        {
            Hang(last, parent);
        }

        return parent;
    }

    // On the side of the parent where its address belongs.
    private void Hang(Region region, Region? parent)
    {
        region.Parent = parent;
        if (parent is null)
        {
            _root = region;
        }
        else if (region.FirstNumber < parent.FirstNumber)
        {
            parent.Left = region;
        }
        else
        {
            parent.Right = region;
        }
    }

    private void TakeOffLeaf(Region region, Region? parent)
    {
        if (parent is null)
        {
            Ensure.That(_root == region, "a region is changed that is there");
            _root = null;
        }
        else if (parent.Left == region)
        {
            parent.Left = null;
        }
        else
        {
            Ensure.That(parent.Right == region, "a region is changed that is there");
            parent.Right = null;
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
