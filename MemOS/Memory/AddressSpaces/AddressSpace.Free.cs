using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>Giving memory back.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Takes back pages that Allocate gave (MEM_FREE): any part of a region, or of several side
    /// by side. It needs no memory, so it works when there is none left.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <returns>Done, Unaligned, StartOutOfRange, EndOutOfRange or NotAllocated.</returns>
    public VmStatus Free(VirtualAddress start, ulong pages)
    {
        VmStatus status = Check(start, pages, out PageRange range, out Region? first);
        if (status != VmStatus.Done)
        {
            return status;
        }

        ulong from = range.First.Number;
        Region? below = first!.FirstNumber < from ? first : RegionTree.Previous(first);
        // Made now: while the promise is open, a managed heap that grows could take its frames.
        Region? upper = from > first.FirstNumber && range.EndNumber < first.EndNumber
            ? new Region(
                PageRange.Known(range.EndNumber, first.EndNumber), first.Rights, first.Kind,
                first.Backing)
            : null;
        _promise.Open();
        ulong absent = 0;
        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            // Cutting may end the region, so what comes next is found before.
            Region? next = region.EndNumber < range.EndNumber ? RegionTree.Next(region) : null;
            absent += FramesFor(region.Rights, TakeOut(region, range, upper));
            region = next;
        }

        _promise.End(absent, TablesFor(range, _regions.SpotAbove(below)));
        _promise.Close();
        return VmStatus.Done;
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

        return VmStatus.NotAllocated;
    }

    // Unmaps and takes out what a region has of the range: all of it, one end, or a part between
    // two that are left, of which the upper is a new region. Tells how many of the pages were not
    // there.
    private ulong TakeOut(Region region, PageRange range, Region? upper)
    {
        ulong end = region.EndNumber;
        ulong from = Math.Max(region.FirstNumber, range.First.Number);
        ulong to = Math.Min(end, range.EndNumber);
        PageRange part = PageRange.Known(from, to);
        bool hasLower = region.FirstNumber < from;
        bool hasUpper = to < end;
        if (hasLower || hasUpper)
        {
            Ensure.That(Table.TrySplitEdges(part), TablesArePromised);
        }

        ulong before = Table.ResidentPages;
        Table.Unmap(part);
        if (!hasLower && !hasUpper)
        {
            _regions.Remove(region);
        }
        else if (!hasLower)
        {
            _regions.CutLower(region, to);
        }
        else
        {
            _regions.CutUpper(region, from);
            if (upper is not null)
            {
                _regions.Insert(upper, new Spot(region, RegionTree.Next(region)));
            }
        }

        return part.Count.Value - (before - Table.ResidentPages);
    }
}
