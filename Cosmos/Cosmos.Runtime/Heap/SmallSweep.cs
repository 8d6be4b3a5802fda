namespace Cosmos.Runtime.Heap;

/// <summary>
/// Finds the blocks that a collection left dead and makes them free, region by region, in parts.
/// </summary>
internal static unsafe class SmallSweep
{
    // Blocks of a part, and about what it costs to look at one and to free one.
    private const int PartBlocks = 64;
    private const int BlockCost = 20;
    private const int FreeCost = 80;
    private const int RetireCost = 8000;

    // The class that the sweep after a collection in slices has got to.
    private static int _class;
    private static bool _isClassBegun;

    // The region that is being swept, which is in no list, and where that has got to.
    private static Region* _region;
    private static byte* _at;
    private static byte* _end;
    private static bool _hasLiving;

    // Its free blocks, which nobody gets before it is known that it stays.
    private static FreeBlock* _first;
    private static FreeBlock* _last;

    /// <summary>Begins to sweep all regions of all classes.</summary>
    internal static void Begin()
    {
        _class = 0;
        _isClassBegun = false;
    }

    /// <summary>
    /// Goes on with it as far as the budget goes. Classes that it has not got to keep their free
    /// blocks meanwhile.
    /// </summary>
    /// <returns>Whether all are swept.</returns>
    internal static bool Run(ref WorkBudget budget)
    {
        while (!budget.IsSpent)
        {
            if (_class == SizeClasses.Count)
                return true;
            ref SizeClassList list = ref SmallObjects.ListOf(_class);
            if (!_isClassBegun)
                list.MakeAllDue();
            _isClassBegun = _region != null || list.Regions.HasDue;
            if (_isClassBegun)
                SweepPart(ref list, ref budget);
            else
                _class++;
        }
        return false;
    }

    /// <summary>Sweeps the next region that is due of a class which has one.</summary>
    internal static void SweepNext(ref SizeClassList list)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        FinishRegion();
        do
        {
            SweepPart(ref list, ref budget);
        }
        while (_region != null);
    }

    /// <summary>Finishes the region that is being swept, if one is.</summary>
    internal static void FinishRegion()
    {
        WorkBudget budget = WorkBudget.Unlimited;
        while (_region != null)
            SweepPart(ref SmallObjects.ListOf(_region->SizeClass), ref budget);
    }

    private static void SweepPart(ref SizeClassList list, ref WorkBudget budget)
    {
        if (_region == null)
            BeginRegion(ref list);
        nuint size = _region->BlockSize;
        byte* at = _at;
        byte* stop = at + (PartBlocks * size);
        if (stop > _end)
            stop = _end;
        FreeBlock* first = _first;
        uint freed = 0;
        for (; at < stop; at += size)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            if (block->Type != null)
            {
                if (block->IsAlive)
                {
                    _hasLiving = true;
                    continue;
                }
                freed++;
                Poison.Fill(block, size);
            }
            FreeBlock* free = (FreeBlock*)at;
            free->Header = 0;
            free->NoType = null;
            free->Next = first;
            if (first == null)
                _last = free;
            first = free;
        }
        _first = first;
        _at = at;
        HeapUsage.ObjectsFreed += freed;
        // A checked build fills what is freed.
        budget.Spend((PartBlocks * BlockCost) + (freed * (FreeCost + ((long)size / 8))));
        if (at >= _end)
            EndRegion(ref list, ref budget);
    }

    private static void BeginRegion(ref SizeClassList list)
    {
        _region = list.Regions.TakeDue();
        nuint size = _region->BlockSize;
        bool isNewest = list.FreshEnd == _region->End;
        _at = _region->Start;
        _end = isNewest ? list.Fresh : _region->Start + (_region->Bytes / size * size);
        _hasLiving = isNewest;
        _first = null;
        _last = null;
    }

    private static void EndRegion(ref SizeClassList list, ref WorkBudget budget)
    {
        Region* region = _region;
        _region = null;
        if (!_hasLiving)
        {
            budget.Spend(RetireCost);
            byte* pages = region->Start;
            RegionIndex.Remove(region);
            RegionPages.Return(pages);
            return;
        }
        list.Regions.AddSwept(region);
        if (_first == null)
            return;
        _last->Next = list.Free;
        list.Free = _first;
    }
}
