namespace Cosmos.Runtime.Heap;

/// <summary>Objects with pages of their own.</summary>
internal static unsafe class LargeObjects
{
    private const nuint PageBytes = 4096;

    // About what it costs to look at an object, to give one back, and each of its pages.
    private const int LookCost = 20;
    private const int ReleaseCost = 400;
    private const int PageCost = 250;

    // As much of an object as is given back in one step.
    private const nuint PieceBytes = 32 * PageBytes;

    // All of them, but for one that is dead and of which some pages may be gone already.
    private static RegionQueue _regions;
    private static Region* _dying;

    /// <summary>Takes zeroed pages for one object; null when memory is out.</summary>
    internal static ObjectHeader* Take(nuint bytes)
    {
        nuint rounded = (bytes + PageBytes - 1) & ~(PageBytes - 1);
        if (rounded < bytes)
            return null;
        byte* pages = Platform.AllocatePages(rounded);
        if (pages == null)
            return null;
        Region* region = RegionIndex.Add(pages, rounded, Region.Large);
        if (region == null)
        {
            Platform.FreePages(pages, rounded);
            return null;
        }
        _regions.AddSwept(region);
        HeapUsage.Reserved += rounded;
        return (ObjectHeader*)pages;
    }

    /// <summary>After a collection: every object is due for a look.</summary>
    internal static void MakeAllDue() => _regions.MakeAllDue();

    /// <summary>Gives the pages of dead large objects back, as far as the budget goes.</summary>
    /// <returns>Whether all were looked at.</returns>
    internal static bool Sweep(ref WorkBudget budget)
    {
        while (!budget.IsSpent)
        {
            if (_dying != null)
                ReleaseMore(ref budget);
            else if (_regions.HasDue)
                LookAt(_regions.TakeDue(), ref budget);
            else
                return true;
        }
        return false;
    }

    /// <summary>Gives a large object's region back.</summary>
    internal static void Release(Region* region)
    {
        _regions.Remove(region);
        FreePages(region);
    }

    private static void LookAt(Region* region, ref WorkBudget budget)
    {
        budget.Spend(LookCost);
        if (((ObjectHeader*)region->Start)->IsAlive)
        {
            _regions.AddSwept(region);
            return;
        }
        HeapUsage.ObjectsFreed++;
        _dying = region;
    }

    // With a budget, its end goes first, piece by piece: the rest remains a region.
    private static void ReleaseMore(ref WorkBudget budget)
    {
        Region* region = _dying;
        nuint bytes = region->Bytes;
        if (bytes <= PieceBytes || budget.IsUnlimited)
        {
            _dying = null;
            FreePages(region);
        }
        else
        {
            bytes = PieceBytes;
            region->Bytes -= bytes;
            HeapUsage.Reserved -= bytes;
            Platform.FreePages(region->End, bytes);
        }
        budget.Spend(ReleaseCost + (PageCost * (long)(bytes / PageBytes)));
    }

    private static void FreePages(Region* region)
    {
        byte* pages = region->Start;
        nuint bytes = region->Bytes;
        RegionIndex.Remove(region);
        HeapUsage.Reserved -= bytes;
        Platform.FreePages(pages, bytes);
    }
}
