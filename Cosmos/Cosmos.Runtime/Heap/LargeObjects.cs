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
        // One pass, as taking regions out of the index one by one would move the rest each time.
        int kept = 0;
        for (int i = 0; i < RegionIndex.Count; i++)
        {
            Region* region = RegionIndex.At(i);
            if (region->SizeClass != Region.Large
                || ((ObjectHeader*)region->Start)->SurvivedCollection)
            {
                RegionIndex.Keep(kept++, region);
                continue;
            }
            HeapUsage.ObjectsFreed++;
            FreePages(region);
        }
        RegionIndex.Truncate(kept);
    }

    /// <summary>Gives a region of a large object back.</summary>
    internal static void Release(int index)
    {
        Region* region = RegionIndex.At(index);
        RegionIndex.RemoveAt(index);
        FreePages(region);
    }

    private static void FreePages(Region* region)
    {
        HeapUsage.Reserved -= region->Bytes;
        Platform.FreePages(region->Start, region->Bytes);
        RegionIndex.Return(region);
    }
}
