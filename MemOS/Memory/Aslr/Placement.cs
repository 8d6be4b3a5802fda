using System.Numerics;
using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Memory.Aslr;

/// <summary>
/// Where a new region goes: anywhere in the user half, each time by itself (architecture decision
/// D9). With four levels that is 2^35 pages; nearly always the first draw is free.
/// </summary>
public static class Placement
{
    /// <summary>Pages that are never mapped at the bottom: 64 KB.</summary>
    internal const ulong LowestPage = 16;

    private const int Draws = 16;

    /// <summary>
    /// What a program can have: all but the bottom and the very last page, where a system call
    /// would return to an address that is none.
    /// </summary>
    public static PageRange Bounds(AddressWidth width) =>
        PageRange.Of(
            VirtualAddress.Create(LowestPage << 12).Page,
            PageCount.Of(width.PagesInHalf().Value - LowestPage - 1));

    /// <summary>Finds free pages, aligned to a page size; false if there are none.</summary>
    internal static bool TryPlace(
        RegionTree tree, RandomSource random, PageCount count, PageSize size,
        out PageRange place, out Spot spot)
    {
        for (int i = 0; i < Draws; i++)
        {
            if (TryDraw(random, tree.Bounds, count, size, out place)
                && tree.IsFree(place, out spot))
            {
                return true;
            }
        }

        // A crowded space: choose a gap that is long enough wherever alignment puts the range.
        ulong needed = count.Value + (size.SmallPages() - 1);
        if (tree.TryFindGap(needed, out PageRange gap)
            && TryDraw(random, gap, count, size, out place))
        {
            return tree.IsFree(place, out spot);
        }

        place = default;
        spot = default;
        return size == PageSize.Large
            && TryPlace(tree, random, count, PageSize.Small, out place, out spot);
    }

    // All places within the range that are aligned are alike in chance.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDraw(
        RandomSource random, PageRange within, PageCount count, PageSize size,
        out PageRange place)
    {
        place = default;
        if (count > within.Count)
        {
            return false;
        }

        int shift = BitOperations.Log2(size.SmallPages());
        ulong first = (within.First.Number + (size.SmallPages() - 1)) >> shift;
        ulong last = (within.EndNumber - count.Value) >> shift;
        if (last < first)
        {
            return false;
        }

        ulong number = (first + random.Below(last - first + 1)) << shift;
        place = PageRange.Known(number, number + count.Value);
        return true;
    }
}
