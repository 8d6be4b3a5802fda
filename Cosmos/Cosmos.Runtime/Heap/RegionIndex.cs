using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// All regions in the order of their addresses, in chunks of one page, so that adding or removing
/// one moves no more than a page: finds the region that holds an address.
/// </summary>
internal static unsafe class RegionIndex
{
    private const nuint ChunkBytes = 4096;
    private const int ChunkRegions = (int)ChunkBytes / 8;

    // A Region has a fixed address: lists link through it. Chunks hold pointers. No chunk is
    // empty.
    private static PageList<Chunk> _chunks;
    private static Region* _unused;

    [StructLayout(LayoutKind.Sequential)]
    private struct Chunk
    {
        internal Region** Regions;
        internal int Count;
    }

    /// <summary>Adds a region for pages; null when there is no memory for it.</summary>
    internal static Region* Add(byte* start, nuint bytes, int sizeClass)
    {
        Region* region = TakeRecord();
        if (region == null)
            return null;
        *region = new Region { Start = start, Bytes = bytes, SizeClass = sizeClass };
        if (TryInsert(region))
            return region;
        ReturnRecord(region);
        return null;
    }

    /// <summary>Takes a region out, and frees its record; its pages are the caller's.</summary>
    internal static void Remove(Region* region)
    {
        int number = ChunkFor(region->Start);
        ref Chunk chunk = ref _chunks[number];
        int index = FirstAbove(chunk, region->Start) - 1;
        chunk.Count--;
        Move(chunk.Regions + index, chunk.Regions + index + 1, chunk.Count - index);
        if (chunk.Count == 0)
            RemoveChunk(number);
        else if (number + 1 < _chunks.Count
            && chunk.Count + _chunks[number + 1].Count <= ChunkRegions / 2)
            Merge(number);
        ReturnRecord(region);
    }

    /// <summary>The region that holds an address, or null.</summary>
    internal static Region* Find(byte* address)
    {
        int number = ChunkFor(address);
        if (number < 0)
            return null;
        // The chunk begins at the address or below it.
        Chunk chunk = _chunks[number];
        Region* region = chunk.Regions[FirstAbove(chunk, address) - 1];
        return address < region->End ? region : null;
    }

    /// <summary>The first region that ends above an address, or null.</summary>
    internal static Region* FirstEndingAbove(byte* address)
    {
        int number = ChunkFor(address);
        if (number < 0)
            return _chunks.Count == 0 ? null : _chunks[0].Regions[0];
        Chunk chunk = _chunks[number];
        int index = FirstAbove(chunk, address);
        if (address < chunk.Regions[index - 1]->End)
            return chunk.Regions[index - 1];
        if (index < chunk.Count)
            return chunk.Regions[index];
        return number + 1 < _chunks.Count ? _chunks[number + 1].Regions[0] : null;
    }

    private static bool TryInsert(Region* region)
    {
        int number = ChunkFor(region->Start);
        if (number < 0)
            number = 0;
        if (_chunks.Count == 0)
        {
            if (!TryAddChunk(0))
                return false;
        }
        else if (_chunks[number].Count == ChunkRegions)
        {
            if (!TrySplit(number))
                return false;
            if (_chunks[number + 1].Regions[0]->Start <= region->Start)
                number++;
        }
        ref Chunk chunk = ref _chunks[number];
        int index = FirstAbove(chunk, region->Start);
        Move(chunk.Regions + index + 1, chunk.Regions + index, chunk.Count - index);
        chunk.Regions[index] = region;
        chunk.Count++;
        return true;
    }

    private static bool TryAddChunk(int number)
    {
        Region** regions = (Region**)Platform.AllocatePages(ChunkBytes);
        if (regions == null)
            return false;
        if (_chunks.Insert(number, new Chunk { Regions = regions }))
            return true;
        Platform.FreePages((byte*)regions, ChunkBytes);
        return false;
    }

    private static bool TrySplit(int number)
    {
        if (!TryAddChunk(number + 1))
            return false;
        ref Chunk lower = ref _chunks[number];
        ref Chunk upper = ref _chunks[number + 1];
        lower.Count = ChunkRegions / 2;
        upper.Count = ChunkRegions - lower.Count;
        Move(upper.Regions, lower.Regions + lower.Count, upper.Count);
        return true;
    }

    private static void Merge(int number)
    {
        ref Chunk lower = ref _chunks[number];
        Chunk upper = _chunks[number + 1];
        Move(lower.Regions + lower.Count, upper.Regions, upper.Count);
        lower.Count += upper.Count;
        RemoveChunk(number + 1);
    }

    private static void RemoveChunk(int number)
    {
        Platform.FreePages((byte*)_chunks[number].Regions, ChunkBytes);
        _chunks.RemoveAt(number);
    }

    // The last chunk that begins at an address or below it, or -1.
    private static int ChunkFor(byte* address)
    {
        int low = 0;
        int high = _chunks.Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_chunks[middle].Regions[0]->Start <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static int FirstAbove(in Chunk chunk, byte* address)
    {
        int low = 0;
        int high = chunk.Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (chunk.Regions[middle]->Start <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static void Move(Region** to, Region** from, int count) =>
        Memory.Move(to, from, (nuint)count * (nuint)sizeof(Region*));

    private static Region* TakeRecord()
    {
        Region* region = _unused;
        if (region == null)
            return (Region*)Arena.Take((nuint)sizeof(Region));
        _unused = region->Next;
        return region;
    }

    private static void ReturnRecord(Region* region)
    {
        region->Next = _unused;
        _unused = region;
    }
}
