using System;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core.Memory;

/// <summary>What of the physical memory is free at boot.</summary>
internal readonly unsafe ref struct RamLayout
{
    // The firmware's and, in real mode, everyone's: gen2 never used it either.
    private const ulong LowMemoryEnd = 1 << 20;

    private RamLayout(ulong end) => End = end;

    /// <summary>End of the highest RAM that is mapped.</summary>
    internal ulong End { get; }

    /// <summary>Finds out how much RAM there is and maps it.</summary>
    internal static RamLayout Read()
    {
        ulong end = 0;
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
        {
            if (entry.Kind == MemoryKind.Available && IdentityMap.CoverMemory(entry.Range))
                end = Math.Max(end, entry.Range.End);
        }
        return new RamLayout(end & ~(ulong)(RAT.PageSize - 1));
    }

    /// <summary>Finds room for the table of pages.</summary>
    internal byte* PlaceTable(nuint bytes)
    {
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
        {
            if (entry.Kind != MemoryKind.Available || entry.Range.End > End)
                continue;
            ulong at = RoundUp(Math.Max(entry.Range.Start, LowMemoryEnd));
            // Each step leaves one reserved range behind, so this ends.
            while (at + bytes <= entry.Range.End
                && TryFindReserved(new PhysicalRange(at, bytes), out PhysicalRange taken))
                at = RoundUp(taken.End);
            if (at + bytes <= entry.Range.End)
                return (byte*)at;
        }
        return null;
    }

    /// <summary>Writes what each page is.</summary>
    internal void Fill(byte* table, nuint pages)
    {
        for (nuint i = 0; i < pages; i++)
            table[i] = (byte)RAT.PageType.Reserved;
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
        {
            if (entry.Kind == MemoryKind.Available)
                MarkInside(table, entry.Range, RAT.PageType.Empty);
        }
        foreach (MemoryMapEntry entry in BootInfo.Information.MemoryMap)
        {
            if (entry.Kind != MemoryKind.Available)
                Mark(table, entry.Range, RAT.PageType.Reserved);
        }
        Mark(table, new PhysicalRange(0, LowMemoryEnd), RAT.PageType.Reserved);
        Mark(table, KernelImage.Range, RAT.PageType.Reserved);
        Mark(table, BootInfo.InformationRange, RAT.PageType.Reserved);
        foreach (BootModule module in BootInfo.Information.Modules)
            Mark(table, module.Range, RAT.PageType.Reserved);
        Mark(table, new PhysicalRange((ulong)table, pages), RAT.PageType.PageAllocator);
    }

    private static bool TryFindReserved(PhysicalRange range, out PhysicalRange taken)
    {
        taken = KernelImage.Range;
        if (range.Overlaps(taken))
            return true;
        taken = BootInfo.InformationRange;
        if (range.Overlaps(taken))
            return true;
        foreach (BootModule module in BootInfo.Information.Modules)
        {
            taken = module.Range;
            if (range.Overlaps(taken))
                return true;
        }
        return false;
    }

    private static ulong RoundUp(ulong address) =>
        (address + RAT.PageSize - 1) & ~(ulong)(RAT.PageSize - 1);

    // Pages that are whole inside of the range.
    private void MarkInside(byte* table, PhysicalRange range, RAT.PageType type) =>
        MarkPages(table, RoundUp(range.Start) / RAT.PageSize, range.End / RAT.PageSize, type);

    // Pages of which the range has a part.
    private void Mark(byte* table, PhysicalRange range, RAT.PageType type) =>
        MarkPages(table, range.Start / RAT.PageSize, RoundUp(range.End) / RAT.PageSize, type);

    private void MarkPages(byte* table, ulong first, ulong end, RAT.PageType type)
    {
        end = Math.Min(end, End / RAT.PageSize);
        for (ulong i = first; i < end; i++)
            table[i] = (byte)type;
    }
}
