namespace Cosmos.Runtime.Heap;

/// <summary>
/// Pages for the regions of small objects. Some that came back are kept for the next region, of
/// whatever size class: a heap that lives on the same memory asks nobody for it.
/// </summary>
internal static unsafe class RegionPages
{
    /// <summary>Bytes of a region.</summary>
    internal const nuint Bytes = 64 * 1024;

    // As much as may be given out between two collections.
    private const int MostSpare = (int)(ManagedHeap.SmallestCycle / Bytes);

    private static PageList<nint> _spare;

    /// <summary>Takes zeroed pages; null when memory is out.</summary>
    internal static byte* Take()
    {
        if (_spare.Count > 0)
        {
            byte* used = (byte*)_spare.Pop();
            Memory.Clear(used, Bytes);
            return used;
        }
        byte* pages = Platform.AllocatePages(Bytes);
        if (pages != null)
            HeapUsage.Reserved += Bytes;
        return pages;
    }

    /// <summary>Takes pages back that hold nothing any more.</summary>
    internal static void Return(byte* pages)
    {
        if (_spare.Count >= MostSpare || !_spare.Add((nint)pages))
            Release(pages);
    }

    /// <summary>Gives the pages of one region that are spare back to the platform.</summary>
    /// <returns>Whether there were any.</returns>
    internal static bool TryReleaseSpare()
    {
        if (_spare.Count == 0)
            return false;
        Release((byte*)_spare.Pop());
        return true;
    }

    private static void Release(byte* pages)
    {
        HeapUsage.Reserved -= Bytes;
        Platform.FreePages(pages, Bytes);
    }
}
