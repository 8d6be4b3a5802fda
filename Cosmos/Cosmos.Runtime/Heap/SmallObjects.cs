using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// Blocks for objects of at most <see cref="SizeClasses.Largest"/> bytes. Freed blocks are found
/// by sweeping a region when the class next runs out, so that a collection costs what lives.
/// </summary>
internal static unsafe class SmallObjects
{
    private const uint LargestClearedHere = 64;

    private static ClassLists _classes;

    [InlineArray(SizeClasses.Count)]
    private struct ClassLists
    {
        private SizeClassList _first;
    }

    /// <summary>The blocks of a size class.</summary>
    internal static ref SizeClassList ListOf(int sizeClass) => ref _classes[sizeClass];

    /// <summary>Takes a zeroed block; null when the class has none and memory is out.</summary>
    internal static ObjectHeader* Take(uint bytes)
    {
        int sizeClass = SizeClasses.Of(bytes);
        ObjectHeader* block;
        do
        {
            block = TakeReady(sizeClass);
        }
        while (block == null && Refill(ref _classes[sizeClass], sizeClass));
        return block;
    }

    /// <summary>Takes a zeroed block that no work is needed for; null when there is none.</summary>
    internal static ObjectHeader* TakeReady(int sizeClass)
    {
        uint size = SizeClasses.SizeOf(sizeClass);
        ref SizeClassList list = ref _classes[sizeClass];
        FreeBlock* block = list.Free;
        if (block != null)
        {
            list.Free = block->Next;
            Clear(block, size);
            return (ObjectHeader*)block;
        }
        byte* fresh = list.Fresh;
        if (fresh + size > list.FreshEnd)
            return null;
        list.Fresh = fresh + size;
        return (ObjectHeader*)fresh;
    }

    /// <summary>Puts a block back at once.</summary>
    internal static void Return(ObjectHeader* block, Region* region)
    {
        Poison.Fill(block, region->BlockSize);
        ref SizeClassList list = ref _classes[region->SizeClass];
        // The sweep that is to come finds a block without a type.
        if (list.Regions.IsDue(region))
            block->Type = null;
        else
            list.Link(block);
    }

    /// <summary>
    /// After a collection: every region is due, and swept when its class next runs out.
    /// </summary>
    internal static void MakeAllDue()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
            _classes[i].MakeAllDue();
    }

    /// <summary>
    /// Leaves what is free to the next collection, so that each size needs a new region.
    /// </summary>
    internal static void ForgetReady()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
            _classes[i].ForgetReady();
    }

    /// <summary>Sweeps all that is due and gives empty regions back.</summary>
    internal static void SweepAll()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
        {
            while (_classes[i].Regions.HasDue)
                SmallSweep.SweepNext(ref _classes[i]);
        }
        while (RegionPages.TryReleaseSpare())
        {
        }
    }

    // While a collection goes on in slices nothing else is to take long, such as a sweep.
    private static bool Refill(ref SizeClassList list, int sizeClass) =>
        (Collector.IsActive && TakeRegion(ref list, sizeClass))
            || SweepForBlock(ref list)
            || TakeRegion(ref list, sizeClass);

    private static bool SweepForBlock(ref SizeClassList list)
    {
        SmallSweep.FinishRegion();
        while (list.Free == null && list.Regions.HasDue)
            SmallSweep.SweepNext(ref list);
        return list.Free != null;
    }

    private static bool TakeRegion(ref SizeClassList list, int sizeClass)
    {
        byte* pages = RegionPages.Take();
        if (pages == null)
            return false;
        Region* region = RegionIndex.Add(pages, RegionPages.Bytes, sizeClass);
        if (region == null)
        {
            RegionPages.Return(pages);
            return false;
        }
        list.Regions.AddSwept(region);
        list.Fresh = pages;
        list.FreshEnd = pages + RegionPages.Bytes;
        return true;
    }

    // Most blocks are too small for a call to pay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(FreeBlock* block, uint size)
    {
        if (size > LargestClearedHere)
        {
            Memory.Clear(block, size);
            return;
        }
        ulong* end = (ulong*)((byte*)block + size);
        for (ulong* at = (ulong*)block; at < end; at++)
            *at = 0;
    }
}
