using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>Room in a crowded space.</content>
internal sealed partial class RegionTree
{
    /// <summary>
    /// Pages from which on gaps are alike to the tree: 64 GB. There is room for 2,048 of them, so
    /// that a longer one is found among them soon enough.
    /// </summary>
    internal const ulong LongGap = 1ul << 24;

    /// <summary>
    /// Finds a run of at least so many free pages, bounded by regions or the ends of what may be
    /// used; where several are in sight, chance decides. False if there is none.
    /// </summary>
    /// <param name="pages">Pages wanted; not 0.</param>
    /// <param name="gap">The whole run.</param>
    public bool TryFindGap(ulong pages, out PageRange gap)
    {
        ulong floor = _root is null ? bounds.First.Number : Highest(_root).EndNumber;
        bool isTop = bounds.EndNumber - floor >= pages;
        Region? above = FindAbove(pages);
        bool isInside = above is not null && (!isTop || random.Below(2) == 0);
        gap = isInside
            ? PageRange.Known(above!.FirstNumber - above.Gap, above.FirstNumber)
            : PageRange.Known(floor, bounds.EndNumber);
        return isTop || isInside;
    }

    // A region with a gap below it that is long enough.
    private Region? FindAbove(ulong pages)
    {
        if (pages > LongGap)
        {
            return FindLonger(_root, pages);
        }

        return _root is not null && _root.SubtreeGap >= pages ? FindInside(_root, pages) : null;
    }

    private static Region? FindLonger(Region? top, ulong pages)
    {
        if (top is null || top.SubtreeGap < LongGap)
        {
            return null;
        }

        return top.Gap >= pages
            ? top
            : FindLonger(top.Left, pages) ?? FindLonger(top.Right, pages);
    }

    private Region FindInside(Region top, ulong pages)
    {
        Region at = top;
        while (true)
        {
            ulong own = Fits(at.Gap, pages);
            ulong left = Fits(at.Left?.SubtreeGap ?? 0, pages);
            ulong right = Fits(at.Right?.SubtreeGap ?? 0, pages);
            Ensure.That(own + left + right != 0, "a subtree has the gap that it says it has");
            ulong choice = random.Below(own + left + right);
            if (choice < own)
            {
                return at;
            }

            at = choice < own + left ? at.Left! : at.Right!;
        }
    }

    private static ulong Fits(ulong gap, ulong pages) => gap >= pages ? 1u : 0u;
}
