using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;

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
    /// <returns>
    /// Done, Unaligned, StartOutOfRange, EndOutOfRange, NotAllocated (also for what MapSegment
    /// mapped), or Shared (the pages that a segment was made of).
    /// </returns>
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
        Region? upper = UpperRest(first, range);
        OwnEdges(range);
        _promise.Open();
        ulong needed = 0;
        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            // Cutting may end the region, so what comes next is found before.
            Region? next = region.EndNumber < range.EndNumber ? RegionTree.Next(region) : null;
            needed += FramesFor(region.Rights, TakeOut(region, range, upper));
            region = next;
        }

        _promise.End(needed, TablesFor(range, _regions.SpotAbove(below)));
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

        bool isShared = at is SegmentRegion<TMemory> { Mode: MappingMode.Original };
        return isShared ? VmStatus.Shared : VmStatus.NotAllocated;
    }

    // What is left above a range that lies within a region and not at its ends.
    private static Region? UpperRest(Region region, PageRange range) =>
        region.FirstNumber < range.First.Number && range.EndNumber < region.EndNumber
            ? new Region(
                PageRange.Known(range.EndNumber, region.EndNumber), region.Rights, region.Kind,
                region.Backing)
            : null;

    // Unmaps and takes out what a region has of the range: all of it, one end, or a part between
    // two that are left, of which the upper is a new region. Tells how many pages that is.
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

        Table.Unmap(part);
        CutOut(region, part, upper);
        return part.Count.Value;
    }

    // Takes a part out of a region, whatever is mapped there.
    private void CutOut(Region region, PageRange part, Region? upper)
    {
        bool hasLower = region.FirstNumber < part.First.Number;
        if (!hasLower && part.EndNumber == region.EndNumber)
        {
            _regions.Remove(region);
        }
        else if (!hasLower)
        {
            _regions.CutLower(region, part.EndNumber);
        }
        else
        {
            _regions.CutUpper(region, part.First.Number);
            if (upper is not null)
            {
                _regions.Insert(upper, new Spot(region, RegionTree.Next(region)));
            }
        }
    }
}
