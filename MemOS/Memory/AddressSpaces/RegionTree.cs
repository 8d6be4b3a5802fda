using System;
using System.Diagnostics.CodeAnalysis;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// The regions of an address space by their addresses: a treap (Aragon and Seidel, 1989), whose
/// depth is logarithmic whatever the order of insertions. Each subtree knows its longest gap, so
/// that room is found in logarithmic time too.
/// </summary>
internal sealed class RegionTree(RandomSource random)
{
    private Region? _root;

    // Faults and calls come in runs for one region.
    private Region? _recent;

    /// <summary>How many regions there are.</summary>
    public int Count { get; private set; }

    /// <summary>The region that a page is in.</summary>
    public bool TryFind(Page page, [NotNullWhen(true)] out Region? region)
    {
        region = _recent;
        if (region is not null && region.Range.Contains(page))
        {
            return true;
        }

        region = FirstEndingAbove(page.Number);
        if (region is null || !region.Range.Contains(page))
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
        Region? found = null;
        Region? at = _root;
        while (at is not null)
        {
            if (at.Range.EndNumber > number)
            {
                found = at;
                at = at.Left;
            }
            else
            {
                at = at.Right;
            }
        }

        return found;
    }

    /// <summary>Whether no region has a page of the range.</summary>
    public bool IsFree(PageRange range)
    {
        Region? next = FirstEndingAbove(range.First.Number);
        return next is null || next.Range.First.Number >= range.EndNumber;
    }

    /// <summary>Adds a region where there is none.</summary>
    public void Insert(Region region)
    {
        Ensure.That(!region.Range.IsEmpty && IsFree(region.Range), "regions do not overlap");
        region.Weight = (uint)random.Next();
        region.Left = null;
        region.Right = null;
        Split(_root, region.Range.First.Number, out Region? below, out Region? above);
        Update(region);
        _root = Join(Join(below, region), above);
        Count++;
    }

    /// <summary>Takes a region out.</summary>
    public void Remove(Region region)
    {
        _recent = null;
        ulong first = region.Range.First.Number;
        Split(_root, first, out Region? below, out Region? rest);
        Split(rest, region.Range.EndNumber, out Region? alone, out Region? above);
        Ensure.That(alone == region, "a region is removed that is there");
        _root = Join(below, above);
        Count--;
    }

    /// <summary>
    /// The largest run of free pages within bounds has at least so many; finds such a run, chosen
    /// at random where there are several in sight.
    /// </summary>
    /// <param name="bounds">What may be used; all regions lie within.</param>
    /// <param name="pages">Pages wanted.</param>
    /// <param name="gap">The whole run.</param>
    public bool TryFindGap(PageRange bounds, ulong pages, out PageRange gap)
    {
        gap = bounds;
        if (_root is null)
        {
            return bounds.Count.Value >= pages;
        }

        ulong below = _root.SubtreeFirst - bounds.First.Number;
        ulong above = bounds.EndNumber - _root.SubtreeEnd;
        ulong inside = _root.SubtreeGap;
        ulong choices = Fits(below, pages) + Fits(above, pages) + Fits(inside, pages);
        if (choices == 0)
        {
            return false;
        }

        ulong choice = random.Below(choices);
        if (Fits(below, pages) != 0 && choice-- == 0)
        {
            gap = Between(bounds.First.Number, _root.SubtreeFirst);
        }
        else if (Fits(above, pages) != 0 && choice == 0)
        {
            gap = Between(_root.SubtreeEnd, bounds.EndNumber);
        }
        else
        {
            gap = FindInside(_root, pages);
        }

        return true;
    }

    private PageRange FindInside(Region at, ulong pages)
    {
        while (true)
        {
            ulong left = GapToLeft(at);
            ulong right = GapToRight(at);
            ulong deepLeft = at.Left?.SubtreeGap ?? 0;
            ulong deepRight = at.Right?.SubtreeGap ?? 0;
            ulong choices = Fits(left, pages) + Fits(right, pages) + Fits(deepLeft, pages)
                + Fits(deepRight, pages);
            Ensure.That(choices != 0, "a subtree has the gap that it says it has");
            ulong choice = random.Below(choices);
            if (Fits(left, pages) != 0 && choice-- == 0)
            {
                return Between(at.Left!.SubtreeEnd, at.Range.First.Number);
            }

            if (Fits(right, pages) != 0 && choice-- == 0)
            {
                return Between(at.Range.EndNumber, at.Right!.SubtreeFirst);
            }

            at = Fits(deepLeft, pages) != 0 && choice == 0 ? at.Left! : at.Right!;
        }
    }

    private static ulong Fits(ulong gap, ulong pages) => gap >= pages ? 1u : 0u;

    private static PageRange Between(ulong first, ulong end) =>
        PageRange.Of(
            VirtualAddress.Create(first << 12).Page, PageCount.Of(end - first));

    private static ulong GapToLeft(Region region) =>
        region.Left is null ? 0 : region.Range.First.Number - region.Left.SubtreeEnd;

    private static ulong GapToRight(Region region) =>
        region.Right is null ? 0 : region.Right.SubtreeFirst - region.Range.EndNumber;

    private static void Update(Region region)
    {
        Region? left = region.Left;
        Region? right = region.Right;
        region.SubtreeFirst = left?.SubtreeFirst ?? region.Range.First.Number;
        region.SubtreeEnd = right?.SubtreeEnd ?? region.Range.EndNumber;
        ulong gap = Math.Max(GapToLeft(region), GapToRight(region));
        gap = Math.Max(gap, left?.SubtreeGap ?? 0);
        region.SubtreeGap = Math.Max(gap, right?.SubtreeGap ?? 0);
    }

    // Parts a subtree: regions that start below the number, and those from it on.
    private static void Split(
        Region? at, ulong number, out Region? below, out Region? from)
    {
        if (at is null)
        {
            below = null;
            from = null;
        }
        else if (at.Range.First.Number < number)
        {
            Split(at.Right, number, out Region? inner, out from);
            at.Right = inner;
            Update(at);
            below = at;
        }
        else
        {
            Split(at.Left, number, out below, out Region? inner);
            at.Left = inner;
            Update(at);
            from = at;
        }
    }

    // All of the first lie below all of the second.
    private static Region? Join(Region? below, Region? above)
    {
        if (below is null || above is null)
        {
            return below ?? above;
        }

        if (below.Weight >= above.Weight)
        {
            below.Right = Join(below.Right, above);
            Update(below);
            return below;
        }

        above.Left = Join(below, above.Left);
        Update(above);
        return above;
    }
}
