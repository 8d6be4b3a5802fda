using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>Giving memory back.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Takes back pages that Allocate gave (MEM_FREE): any part of a region, or of several side
    /// by side.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <returns>
    /// Done, Unaligned, StartOutOfRange, EndOutOfRange, NotAllocated, or OutOfMemory when a
    /// region would have to be cut in two and there is no memory to tell the tables.
    /// </returns>
    public VmStatus Free(VirtualAddress start, ulong pages)
    {
        VmStatus status = Check(start, pages, out PageRange range);
        if (status != VmStatus.Done)
        {
            return status;
        }

        ulong extra = CutsInTwo(range) ? TablesFor(PageRange.One(range.First)) : 0;
        if (!_promise.TryMake(0, extra))
        {
            return VmStatus.OutOfMemory;
        }

        _promise.Open();
        Ensure.That(Table.TrySplitEdges(range), "the tables of all pages are promised");
        ulong before = Table.ResidentPages;
        Table.Unmap(range);
        ulong resident = before - Table.ResidentPages;
        _promise.Close();
        RemoveRegions(range, out ulong owedBefore, out ulong owedAfter);
        _promise.End(range.Count.Value - resident, owedBefore + extra - owedAfter);
        return VmStatus.Done;
    }

    // Both parts that are left need tables of their own on the way to where the cut is.
    private bool CutsInTwo(PageRange range)
    {
        Region? region = _regions.FirstEndingAbove(range.First.Number);
        return region is not null && region.Range.First < range.First
            && region.Range.EndNumber > range.EndNumber;
    }

    private VmStatus Check(VirtualAddress start, ulong pages, out PageRange range)
    {
        range = default;
        if (!start.IsPageAligned)
        {
            return VmStatus.Unaligned;
        }

        if (!_bounds.Contains(start.Page))
        {
            return VmStatus.StartOutOfRange;
        }

        if (pages == 0 || pages > _bounds.EndNumber - start.Page.Number)
        {
            return VmStatus.EndOutOfRange;
        }

        range = PageRange.Of(start.Page, PageCount.Of(pages));
        ulong at = start.Page.Number;
        while (at < range.EndNumber)
        {
            Region? region = _regions.FirstEndingAbove(at);
            if (region is null || region.Range.First.Number > at
                || region.Kind != RegionKind.Allocation)
            {
                return VmStatus.NotAllocated;
            }

            at = region.Range.EndNumber;
        }

        return VmStatus.Done;
    }

    // Tells how many tables the regions that were cut could need before and after.
    private void RemoveRegions(PageRange range, out ulong before, out ulong after)
    {
        before = 0;
        after = 0;
        while (true)
        {
            Region? region = _regions.FirstEndingAbove(range.First.Number);
            if (region is null || region.Range.First.Number >= range.EndNumber)
            {
                return;
            }

            before += TablesFor(region.Range);
            _regions.Remove(region);
            after += Keep(region, region.Range.First.Number, range.First.Number);
            after += Keep(region, range.EndNumber, region.Range.EndNumber);
        }
    }

    private ulong Keep(Region region, ulong first, ulong end)
    {
        if (first >= end)
        {
            return 0;
        }

        PageRange range = PageRange.Of(
            VirtualAddress.Create(first << 12).Page, PageCount.Of(end - first));
        _regions.Insert(new Region(range, region.Rights, region.Kind, region.Backing));
        return TablesFor(range);
    }
}
