using System.Runtime;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>The services behind <c>System.GC</c>.</summary>
internal static unsafe class CollectionExports
{
    // CoreLib's GCMemoryInfoData, as far as there is something to say.
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryInfo
    {
        internal long HighMemoryLoadThreshold;
        internal long TotalAvailable;
        internal long MemoryLoad;
        internal long HeapSize;
        internal long Fragmented;
        internal long Committed;
    }

    [RuntimeExport("RhpCollect")]
    private static void Collect(int generation, int mode, int lowMemory)
    {
        _ = generation;
        _ = mode;
        _ = lowMemory;
        ManagedHeap.Ask();
    }

    [RuntimeExport("RhpGetGcTotalMemory")]
    private static long TotalMemory() => (long)(HeapUsage.Live + HeapUsage.Allocated);

    [RuntimeExport("RhGetGcCollectionCount")]
    private static int CollectionCount(int generation, int special)
    {
        _ = generation;
        _ = special;
        return (int)HeapUsage.Collections;
    }

    [RuntimeExport("RhGetMaxGcGeneration")]
    private static int MaxGeneration() => 0;

    [RuntimeExport("RhGetGeneration")]
    private static int Generation(nint reference)
    {
        _ = reference;
        return 0;
    }

    [RuntimeExport("RhGetMemoryInfo")]
    private static void GetMemoryInfo(MemoryInfo* info, int kind)
    {
        _ = kind;
        info->HeapSize = TotalMemory();
        info->Committed = (long)HeapUsage.Reserved;
    }

    [RuntimeExport("RhGetTotalAllocatedBytes")]
    private static long TotalAllocated() => (long)HeapUsage.AllocatedEver;

    [RuntimeExport("RhGetTotalAllocatedBytesPrecise")]
    private static long TotalAllocatedPrecise() => (long)HeapUsage.AllocatedEver;

    [RuntimeExport("RhGetAllocatedBytesForCurrentThread")]
    private static long AllocatedByThread() => (long)HeapUsage.AllocatedEver;

    [RuntimeExport("RhpStartNoGCRegion")]
    private static int StartNoCollection(long total, int hasLarge, long large, int noFull)
    {
        // Nothing promises that memory for the region is there: refused, as the API allows.
        _ = total;
        _ = hasLarge;
        _ = large;
        _ = noFull;
        const int NotEnoughMemory = 1;
        return NotEnoughMemory;
    }

    [RuntimeExport("RhpEndNoGCRegion")]
    private static int EndNoCollection()
    {
        const int NotInProgress = 1;
        return NotInProgress;
    }

    [RuntimeExport("RhUpdateFrozenSegment")]
    private static void UpdateFrozenSegment(nint segment, nint allocated, nint committed)
    {
        _ = segment;
        _ = allocated;
        _ = committed;
    }
}
