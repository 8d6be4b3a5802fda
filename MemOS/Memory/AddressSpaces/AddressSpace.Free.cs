using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>Giving memory back.</content>
public sealed partial class AddressSpace<TMemory>
{
    // What is unmapped at least, whatever the budget; a large page is.
    private const ulong StepPages = Unmapping<TMemory>.PagesInStep;

    /// <summary>
    /// Takes back pages that Allocate gave (MEM_FREE): any part of a region, or of several side
    /// by side. It needs no frame, so it works when there is none left.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <returns>
    /// Done, Unaligned, StartOutOfRange, EndOutOfRange, NotAllocated (also for what MapSegment
    /// mapped), Shared (the pages that a segment was made of), or OverLimit: a part between two
    /// that stay, and the job may not have another region.
    /// </returns>
    public VmStatus Free(VirtualAddress start, ulong pages)
    {
        VmStatus status = Check(start, pages, out PageRange range, out Region? first);
        if (status != VmStatus.Done)
        {
            return status;
        }

        WorkBudget budget = WorkBudget.Unlimited;
        bool isOwn = TryOwnEdges(range, ref budget);
        Ensure.That(isOwn, "without a limit all is done");
        return Free(range, first!);
    }

    /// <summary>
    /// The same in pieces: as much as the budget allows. What is left is as it was before; whoever
    /// goes on finds out whether all of that is still there. No piece but the first is refused a
    /// region.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <param name="rest">
    /// What is left if the answer is Unfinished; empty if nothing is freed yet.
    /// </param>
    /// <returns>As <see cref="Free(VirtualAddress, ulong)"/>, or Unfinished.</returns>
    public VmStatus Free(
        VirtualAddress start, ulong pages, ref WorkBudget budget, out PageRange rest)
    {
        rest = default;
        VmStatus status = Check(start, pages, out PageRange range, out Region? region);
        if (status != VmStatus.Done)
        {
            return status;
        }

        // Several regions lie side by side by chance alone.
        bool isLong = pages > StepPages && range.EndNumber <= region!.EndNumber;
        if (isLong && region!.FirstNumber < range.First.Number
            && range.EndNumber == region.EndNumber)
        {
            rest = FreeUpperEnd(region, range, ref budget);
            return rest.IsEmpty ? VmStatus.Done : VmStatus.Unfinished;
        }

        if (!TryOwnEdges(range, ref budget))
        {
            return VmStatus.Unfinished;
        }

        if (!isLong)
        {
            return Free(range, region!);
        }

        if (!TryTakeUpperRest(region!, range, out Region? upper))
        {
            return VmStatus.OverLimit;
        }

        rest = FreeSome(region!, range, upper, ref budget);
        return rest.IsEmpty ? VmStatus.Done : VmStatus.Unfinished;
    }

    // At once; large pages across the ends are the space's own.
    private VmStatus Free(PageRange range, Region first)
    {
        if (range == first.Range)
        {
            TakeOut(first, FramesFor(first.Rights, range.Count.Value));
            GiveRegion(first);
            return VmStatus.Done;
        }

        // Made now: while the promise is open, a managed heap that grows could take its frames.
        if (!TryTakeUpperRest(first, range, out Region? upper))
        {
            return VmStatus.OverLimit;
        }

        ulong from = range.First.Number;
        Region? below = first.FirstNumber < from ? first : RegionTree.Previous(first);
        _promise.Open();
        ulong needed = 0;
        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            PageRange part = region.Within(range);
            needed += FramesFor(region.Rights, part.Count.Value);
            region = TakeOut(region, part, upper);
        }

        _promise.End(needed, TablesFor(range, new Spot(below, region)));
        _promise.Close();
        return VmStatus.Done;
    }

    // From above to below, a step of pages at a time: so no region is cut in two.
    private PageRange FreeUpperEnd(Region region, PageRange range, ref WorkBudget budget)
    {
        PageRange rest = range;
        while (!rest.IsEmpty && !budget.IsSpent)
        {
            ulong from = Math.Max(
                range.First.Number, (rest.EndNumber - 1) & ~(StepPages - 1));
            PageRange part = PageRange.Known(from, rest.EndNumber);
            if (!TryOwnEdges(part, ref budget))
            {
                return rest;
            }

            PageRange left = FreeSome(region, part, null, ref budget);
            Ensure.That(left.IsEmpty, "a budget that is not spent is enough for a step");
            rest = PageRange.Known(range.First.Number, from);
            budget.Spend(NextRegionCost);
        }

        return rest;
    }

    // Frees what the budget allows of a part of a region, from below to above; large pages across
    // its ends are the space's own. What is left is the lower end of a region, unless there is
    // none.
    private PageRange FreeSome(
        Region region, PageRange range, Region? upper, ref WorkBudget budget)
    {
        ulong from = range.First.Number;
        Region? below = region.FirstNumber < from ? region : RegionTree.Previous(region);
        _promise.Open();
        Ensure.That(Table.TrySplitEdges(range), TablesArePromised);
        Table.TryUnmap(range, UnmapWay.Part, ref budget, out ulong next);
        PageRange part = PageRange.Known(from, next);
        if (upper is not null)
        {
            upper.FirstNumber = next;
        }

        ulong pages = FramesFor(region.Rights, part.Count.Value);
        Region? above = CutOut(region, part, upper);
        _promise.End(pages, TablesFor(part, new Spot(below, above)));
        _promise.Close();
        return PageRange.Known(next, range.EndNumber);
    }

    private VmStatus Check(
        VirtualAddress start, ulong pages, out PageRange range, out Region? first)
    {
        range = default;
        first = null;
        if (!start.IsPageAligned)
        {
            return VmStatus.Unaligned;
        }

        PageRange bounds = _regions.Bounds;
        ulong from = start.Page.Number;
        if (!bounds.Contains(start.Page))
        {
            return VmStatus.StartOutOfRange;
        }

        if (pages == 0 || pages > bounds.EndNumber - from)
        {
            return VmStatus.EndOutOfRange;
        }

        range = PageRange.Known(from, from + pages);
        _regions.TryFind(start.Page, out first);
        Region? at = first;
        while (at is not null && at.IsDemand && at.Kind == RegionKind.Allocation)
        {
            if (at.EndNumber >= from + pages)
            {
                return VmStatus.Done;
            }

            Region? next = RegionTree.Next(at);
            at = next?.FirstNumber == at.EndNumber ? next : null;
        }

        bool isShared = at is SegmentRegion<TMemory> { Mode: MappingMode.Original };
        return isShared ? VmStatus.Shared : VmStatus.NotAllocated;
    }

    // What is left above a range that lies within a region and not at its ends; none where it does
    // not. False if that is a region more than the job may have.
    private bool TryTakeUpperRest(Region region, PageRange range, out Region? upper)
    {
        upper = null;
        if (region.FirstNumber >= range.First.Number || range.EndNumber >= region.EndNumber)
        {
            return true;
        }

        upper = TakeRegion(
            PageRange.Known(range.EndNumber, region.EndNumber), region.Rights, region.Kind,
            region.Backing);
        return upper is not null;
    }

    // Unmaps a region, takes it out, and ends what was promised to it.
    private void TakeOut(Region region, ulong promised)
    {
        PageRange range = region.Range;
        Region? below = RegionTree.Previous(region);
        _promise.Open();
        Table.Unmap(range);
        Region? above = _regions.Remove(region);
        _promise.End(promised, TablesFor(range, new Spot(below, above)));
        _promise.Close();
    }

    // Unmaps a part of a region and takes it out.
    private Region? TakeOut(Region region, PageRange part, Region? upper)
    {
        if (part != region.Range)
        {
            Ensure.That(Table.TrySplitEdges(part), TablesArePromised);
        }

        Table.Unmap(part);
        return CutOut(region, part, upper);
    }

    // Takes a part out of a region, whatever is mapped there: all of it, one end, or a part between
    // two that are left, of which the upper is a new region. Tells which region is above the part.
    private Region? CutOut(Region region, PageRange part, Region? upper)
    {
        bool hasLower = region.FirstNumber < part.First.Number;
        bool hasUpper = part.EndNumber < region.EndNumber;
        if (hasLower)
        {
            Region? above = _regions.CutUpper(region, part.First.Number);
            if (!hasUpper)
            {
                return above;
            }

            _regions.Insert(upper!, new Spot(region, above));
            return upper;
        }

        if (hasUpper)
        {
            _regions.CutLower(region, part.EndNumber);
            return region;
        }

        Region? next = _regions.Remove(region);
        GiveRegion(region);
        return next;
    }
}
