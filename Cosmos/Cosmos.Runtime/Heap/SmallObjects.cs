using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// Blocks for objects of at most <see cref="SizeClasses.Largest"/> bytes. Freed blocks are found
/// by sweeping a region when the class next runs out, so that a collection costs what lives.
/// </summary>
internal static unsafe class SmallObjects
{
    private const uint LargestClearedHere = 64;

    private static ClassLists _classes;

    [StructLayout(LayoutKind.Sequential)]
    private struct SizeClass
    {
        // Blocks ready to be given out.
        internal FreeBlock* Free;

        // The end of the newest region, which was never given out and is zero.
        internal byte* Fresh;
        internal byte* FreshEnd;

        // Regions that may have dead blocks.
        internal Region* Unswept;
    }

    [InlineArray(SizeClasses.Count)]
    private struct ClassLists
    {
        private SizeClass _first;
    }

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
        ref SizeClass list = ref _classes[sizeClass];
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
        Link(ref _classes[region->SizeClass], block);
    }

    /// <summary>After a collection: every region is due for a sweep.</summary>
    internal static void ForgetFreeBlocks()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
        {
            // Free blocks stay free: a sweep finds them by their missing type. The untouched end
            // of the newest region is kept in use.
            _classes[i].Free = null;
            _classes[i].Unswept = null;
        }
        for (int i = 0; i < RegionIndex.Count; i++)
        {
            Region* region = RegionIndex.At(i);
            if (region->SizeClass == Region.Large)
                continue;
            region->Next = _classes[region->SizeClass].Unswept;
            _classes[region->SizeClass].Unswept = region;
        }
    }

    /// <summary>Sweeps all that is due and gives empty regions back.</summary>
    internal static void SweepAll()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
        {
            ref SizeClass list = ref _classes[i];
            while (list.Unswept != null)
                SweepNext(ref list);
        }
        RegionPages.ReleaseSpare();
    }

    private static bool Refill(ref SizeClass list, int sizeClass)
    {
        while (list.Unswept != null)
        {
            SweepNext(ref list);
            if (list.Free != null)
                return true;
        }
        byte* pages = RegionPages.Take();
        if (pages == null)
            return false;
        if (RegionIndex.Add(pages, RegionPages.Bytes, sizeClass) == null)
        {
            RegionPages.Return(pages);
            return false;
        }
        list.Fresh = pages;
        list.FreshEnd = pages + RegionPages.Bytes;
        return true;
    }

    private static void SweepNext(ref SizeClass list)
    {
        Region* region = list.Unswept;
        list.Unswept = region->Next;
        region->Next = null;
        FreeBlock* before = list.Free;
        nuint size = region->BlockSize;
        byte* end = region->Start + (region->Bytes / size * size);
        bool newest = list.FreshEnd == region->End;
        if (newest)
            end = list.Fresh;
        bool alive = newest;
        uint freed = 0;
        for (byte* at = region->Start; at < end; at += size)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            if (block->Type != null)
            {
                if (block->SurvivedCollection)
                {
                    alive = true;
                    continue;
                }
                freed++;
                Poison.Fill(block, size);
            }
            Link(ref list, block);
        }
        HeapUsage.ObjectsFreed += freed;
        if (alive)
            return;
        list.Free = before;
        Retire(region);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Link(ref SizeClass list, ObjectHeader* block)
    {
        FreeBlock* free = (FreeBlock*)block;
        free->Header = 0;
        free->NoType = null;
        free->Next = list.Free;
        list.Free = free;
    }

    private static void Retire(Region* region)
    {
        byte* pages = region->Start;
        RegionIndex.RemoveAt(RegionIndex.Find(pages));
        RegionIndex.Return(region);
        RegionPages.Return(pages);
    }
}
