namespace Cosmos.Runtime.Heap;

/// <summary>Objects with pages of their own.</summary>
internal static unsafe class LargeObjects
{
    private const nuint PageBytes = 4096;

    /// <summary>Takes zeroed pages for one object; null when memory is out.</summary>
    internal static ObjectHeader* Take(nuint bytes)
    {
        nuint rounded = (bytes + PageBytes - 1) & ~(PageBytes - 1);
        if (rounded < bytes)
            return null;
        byte* pages = Platform.AllocatePages(rounded);
        if (pages == null)
            return null;
        if (RegionIndex.Add(pages, rounded, Region.Large) == null)
        {
            Platform.FreePages(pages, rounded);
            return null;
        }
        HeapUsage.Reserved += rounded;
        return (ObjectHeader*)pages;
    }

    /// <summary>Gives the pages of every dead large object back.</summary>
    internal static void Sweep()
    {
        for (int i = RegionIndex.Count - 1; i >= 0; i--)
        {
            Region* region = RegionIndex.At(i);
            if (region->SizeClass != Region.Large)
                continue;
            uint mark = ((ObjectHeader*)region->Start)->Mark;
            if (mark != Collector.Epoch && mark != ObjectHeader.Permanent)
                Release(i);
        }
    }

    /// <summary>Gives a region of a large object back.</summary>
    internal static void Release(int index)
    {
        Region* region = RegionIndex.At(index);
        byte* start = region->Start;
        nuint bytes = region->Bytes;
        RegionIndex.RemoveAt(index);
        HeapUsage.Reserved -= bytes;
        Platform.FreePages(start, bytes);
    }
}
