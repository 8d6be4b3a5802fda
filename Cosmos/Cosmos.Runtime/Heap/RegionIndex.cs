namespace Cosmos.Runtime.Heap;

/// <summary>
/// All regions in the order of their addresses: finds the one that holds an address.
/// </summary>
internal static unsafe class RegionIndex
{
    // A Region has a fixed address: lists link through it. The index holds pointers.
    private static PageList<nint> _regions;
    private static Region* _unused;

    internal static int Count => _regions.Count;

    internal static Region* At(int index) => (Region*)_regions[index];

    /// <summary>Adds a region for pages; null when there is no memory for it.</summary>
    internal static Region* Add(byte* start, nuint bytes, int sizeClass)
    {
        Region* region = Take();
        if (region == null)
            return null;
        *region = new Region { Start = start, Bytes = bytes, SizeClass = sizeClass };
        if (_regions.Insert(FirstAbove(start), (nint)region))
            return region;
        Return(region);
        return null;
    }

    /// <summary>Takes a region out; its pages and its record are the caller's.</summary>
    internal static void RemoveAt(int index) => _regions.RemoveAt(index);

    /// <summary>
    /// Puts a region that is being kept in its new place, in a pass that leaves others out and
    /// ends with <see cref="Truncate"/>.
    /// </summary>
    internal static void Keep(int index, Region* region) => _regions[index] = (nint)region;

    /// <summary>Ends a pass: only so many regions were kept.</summary>
    internal static void Truncate(int count) => _regions.Truncate(count);

    /// <summary>Frees the record of a region that has left the index.</summary>
    internal static void Return(Region* region)
    {
        region->Next = _unused;
        _unused = region;
    }

    /// <summary>The index of the region that holds an address, or -1.</summary>
    internal static int Find(byte* address)
    {
        int index = FirstAbove(address) - 1;
        return index >= 0 && address < At(index)->End ? index : -1;
    }

    private static int FirstAbove(byte* address)
    {
        int low = 0;
        int high = _regions.Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (At(middle)->Start <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static Region* Take()
    {
        Region* region = _unused;
        if (region == null)
            return (Region*)Arena.Take((nuint)sizeof(Region));
        _unused = region->Next;
        return region;
    }
}
