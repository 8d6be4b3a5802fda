using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Memory.Aslr;

/// <summary>
/// Where a new region goes: anywhere in the user half, each time by itself (architecture decision
/// D9). With four levels that is 2^35 pages; nearly always the first draw is free.
/// </summary>
internal static class Placement
{
    /// <summary>Pages that are never mapped at the bottom: 64 KB.</summary>
    internal const ulong LowestPage = 16;

    private const int Draws = 16;

    /// <summary>What a program can have: all but the bottom and the very last page.</summary>
    // A system call in the last page would return to an address that is none.
    internal static PageRange Bounds(AddressWidth width) =>
        PageRange.Of(
            VirtualAddress.Create(LowestPage << 12).Page,
            PageCount.Of(width.PagesInHalf().Value - LowestPage - 1));

    /// <summary>Finds free pages, aligned to a page size; false if there are no such ones.</summary>
    internal static bool TryPlace(
        RegionTree tree, RandomSource random, PageRange bounds, PageCount count, PageSize size,
        out PageRange place)
    {
        place = default;
        if (count > bounds.Count)
        {
            return false;
        }

        for (int i = 0; i < Draws; i++)
        {
            if (TryDraw(random, bounds, count, size, out place) && tree.IsFree(place))
            {
                return true;
            }
        }

        // A crowded space: choose a gap that is long enough wherever alignment puts the range.
        ulong needed = count.Value + (size.SmallPages() - 1);
        if (tree.TryFindGap(bounds, needed, out PageRange gap))
        {
            return TryDraw(random, gap, count, size, out place);
        }

        return size == PageSize.Large
            && TryPlace(tree, random, bounds, count, PageSize.Small, out place);
    }

    private static bool TryDraw(
        RandomSource random, PageRange within, PageCount count, PageSize size,
        out PageRange place)
    {
        ulong step = size.SmallPages();
        ulong first = (within.First.Number + step - 1) / step;
        ulong last = (within.EndNumber - count.Value) / step;
        place = default;
        if (within.EndNumber < count.Value || last < first)
        {
            return false;
        }

        ulong number = (first + random.Below(last - first + 1)) * step;
        place = PageRange.Of(VirtualAddress.Create(number << 12).Page, count);
        return true;
    }
}
