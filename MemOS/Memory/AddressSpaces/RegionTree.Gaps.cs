using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>Room in a crowded space.</content>
internal sealed partial class RegionTree
{
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
        bool isInside = _root is not null && _root.SubtreeGap >= pages;
        gap = PageRange.Known(floor, bounds.EndNumber);
        if (isInside && (!isTop || random.Below(2) == 0))
        {
            gap = FindInside(_root!, pages);
        }

        return isTop || isInside;
    }

    private PageRange FindInside(Region top, ulong pages)
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
                return PageRange.Known(at.FirstNumber - at.Gap, at.FirstNumber);
            }

            at = choice < own + left ? at.Left! : at.Right!;
        }
    }

    private static ulong Fits(ulong gap, ulong pages) => gap >= pages ? 1u : 0u;
}
