using System;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// RAM below 4 GB, which the identity map shows, without what the firmware and the boot loader
/// have in it. A place in it is the address of a page.
/// </summary>
/// <param name="information">Physical address of what the boot loader tells.</param>
/// <param name="loaded">The image where the boot loader put it.</param>
internal readonly unsafe ref struct FreeMemory(byte* information, PhysicalRange loaded)
{
    private const ulong PageBytes = 4096;
    private const ulong Lowest = 1 << 20;
    private const ulong Highest = 1UL << 32;

    private readonly BootInformation _information = new(information);
    private readonly PhysicalRange _informationRange =
        new((ulong)information, new BootInformation(information).Size);
    private readonly PhysicalRange _loaded = loaded;

    /// <summary>How many places there are for so many bytes, which lie side by side.</summary>
    internal ulong CountPlaces(ulong bytes)
    {
        ulong count = 0;
        foreach (MemoryMapEntry entry in _information.MemoryMap)
        {
            ulong at = Lowest;
            while (TryNextGap(entry, ref at, out PhysicalRange gap))
                count += PlacesIn(gap, bytes);
        }
        return count;
    }

    /// <summary>A place by its number, which is below the count of places.</summary>
    internal ulong FindPlace(ulong bytes, ulong number)
    {
        foreach (MemoryMapEntry entry in _information.MemoryMap)
        {
            ulong at = Lowest;
            while (TryNextGap(entry, ref at, out PhysicalRange gap))
            {
                ulong places = PlacesIn(gap, bytes);
                if (number < places)
                    return gap.Start + (number * PageBytes);
                number -= places;
            }
        }
        return 0;
    }

    private static ulong PlacesIn(PhysicalRange gap, ulong bytes) =>
        gap.Length < bytes ? 0 : ((gap.Length - bytes) / PageBytes) + 1;

    private static ulong RoundUp(ulong address) => (address + PageBytes - 1) & ~(PageBytes - 1);

    // The next free range of an entry from an address on, which becomes the end of what was seen.
    private bool TryNextGap(in MemoryMapEntry entry, ref ulong at, out PhysicalRange gap)
    {
        gap = default;
        if (entry.Kind != MemoryKind.Available)
            return false;
        ulong end = Math.Min(entry.Range.End, Highest);
        at = RoundUp(Math.Max(at, entry.Range.Start));
        while (at < end)
        {
            ulong start = at;
            PhysicalRange taken = FirstTaken(at, end);
            at = RoundUp(taken.End);
            if (taken.Start <= start)
                continue;
            gap = new PhysicalRange(start, taken.Start - start);
            return true;
        }
        return false;
    }

    // What is taken and begins first, of what has a byte between two addresses; the end if nothing
    // has.
    private PhysicalRange FirstTaken(ulong at, ulong end)
    {
        PhysicalRange first = new(end, 0);
        Consider(_loaded, at, ref first);
        Consider(_informationRange, at, ref first);
        foreach (BootModule module in _information.Modules)
            Consider(module.Range, at, ref first);
        foreach (MemoryMapEntry entry in _information.MemoryMap)
        {
            if (entry.Kind != MemoryKind.Available)
                Consider(entry.Range, at, ref first);
        }
        return first;
    }

    private static void Consider(PhysicalRange taken, ulong at, ref PhysicalRange first)
    {
        if (taken.End > at && taken.Start < first.Start)
            first = taken;
    }
}
