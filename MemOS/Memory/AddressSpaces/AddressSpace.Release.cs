using System;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The end of a space.</content>
public sealed partial class AddressSpace<TMemory>
{
    // About what it takes to go on to the next region, and to take one out, in instructions.
    private const ulong NextRegionCost = 150;
    private const ulong EndRegionCost = 200;

    // While the space ends: the pages below this are unmapped.
    private ulong _endedUpTo;

    /// <summary>
    /// Ends the space: every page, table, promise, charge and mapping of a segment goes back. No
    /// processor runs in it any more, and nothing may be asked of it afterwards. Costs in
    /// proportion to regions and pages, without those that a fork shares.
    /// </summary>
    public void Release()
    {
        WorkBudget budget = WorkBudget.Unlimited;
        bool isDone = TryRelease(ref budget);
        Ensure.That(isDone, "without a limit all is done");
    }

    /// <summary>
    /// The same as far as the budget allows. What is gone is promised and charged no longer, so
    /// that all counts are right between two calls; the regions foretell nothing any more.
    /// </summary>
    /// <returns>
    /// Whether all is done; else this is to be called again, and nothing else but for counts. No
    /// segment that others can take back may be mapped.
    /// </returns>
    public bool TryRelease(ref WorkBudget budget)
    {
        Ensure.That(_copy is null && _original is null, "no copy is being made");
        if (!TryEndTakeOver(ref budget))
        {
            return false;
        }

        _promise.EndAhead();
        _bySegment.Clear();
        TableFamily family = Table.Family;
        ulong frames = family.FramesTaken;
        ulong tables = family.Tables;
        _promise.Open();
        bool isDone = (family.WasForked || TryUnmapRegions(ref budget))
            && TryEndRegions(ref budget) && Table.TryRelease(ref budget);
        if (isDone)
        {
            _promise.End(_promise.Pages, _promise.Tables);
        }
        else
        {
            _promise.End(frames - family.FramesTaken, tables - Math.Min(tables, family.Tables));
        }

        _promise.Close();
        if (isDone)
        {
            Purse.Return(Resource.KernelBytes, ObjectBytes.Page);
            _pool.Leave(Purse);
        }

        return isDone;
    }

    // So that no table is searched for what it has. After a fork most tables are left to others as
    // they are, and it is better to go through the few that are the space's own.
    private bool TryUnmapRegions(ref WorkBudget budget)
    {
        Region? region = _regions.FirstEndingAbove(_endedUpTo);
        while (region is not null)
        {
            ulong from = Math.Max(region.FirstNumber, _endedUpTo);
            PageRange rest = PageRange.Known(from, region.EndNumber);
            if (budget.IsSpent
                || !Table.TryUnmap(rest, UnmapWay.End, ref budget, out _endedUpTo))
            {
                return false;
            }

            budget.Spend(NextRegionCost);
            region = RegionTree.Next(region);
        }

        // The regions are not gone through again while they are taken out.
        _endedUpTo = _regions.Bounds.EndNumber;
        return true;
    }

    private bool TryEndRegions(ref WorkBudget budget)
    {
        ulong ended = 0;
        Region? region = null;
        while (!budget.IsSpent && (region = _regions.ClearNext()) is not null)
        {
            End(region);
            ended++;
            budget.Spend(EndRegionCost);
        }

        Purse.Return(Resource.Regions, ended);
        return _regions.Count == 0;
    }

    private void End(Region region)
    {
        if (region is SegmentRegion<TMemory> mapping)
        {
            mapping.Segment.Remove(mapping);
            _mappings--;
            Purse.Return(Resource.KernelBytes, ObjectBytes.Mapping);
        }
        else
        {
            _pool.Return(Purse, region);
        }
    }
}
