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

        Region? below = first!.FirstNumber < range.First.Number
            ? first
            : RegionTree.Previous(first);
        _promise.Open();
        Ensure.That(Table.TrySplitEdges(range), "the tables of all pages are promised");
        ulong absent = 0;
        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            // Cutting may end the region, so what comes next is found before.
            Region? next = RegionTree.Next(region);
            PageRange part = region.Range.Intersect(range);
            ulong before = Table.ResidentPages;
            Table.Unmap(part);
            ulong resident = before - Table.ResidentPages;
            absent += FramesFor(region.Rights, part.Count.Value - resident);
            TakeOut(region, part);
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

        if (!_regions.Bounds.Contains(start.Page))
        {
            return VmStatus.StartOutOfRange;
        }

        if (pages == 0 || pages > _regions.Bounds.EndNumber - start.Page.Number)
        {
            return VmStatus.EndOutOfRange;
        }

        range = PageRange.Of(start.Page, PageCount.Of(pages));
        _regions.TryFind(start.Page, out first);
        Region? at = first;
        while (at is not null && at.IsDemand && at.Kind == RegionKind.Allocation)
        {
            if (at.EndNumber >= range.EndNumber)
            {
                return VmStatus.Done;
            }

            Region? next = RegionTree.Next(at);
            at = next?.FirstNumber == at.EndNumber ? next : null;
        }

        return VmStatus.NotAllocated;
    }

    // The part is at one end of the region, or all of it, or leaves two pieces.
    private void TakeOut(Region region, PageRange part)
    {
        ulong end = region.EndNumber;
        bool hasLower = region.FirstNumber < part.First.Number;
        bool hasUpper = part.EndNumber < end;
        if (!hasLower && !hasUpper)
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
            if (hasUpper)
            {
                Region upper = new(
                    PageRange.Known(part.EndNumber, end), region.Rights, region.Kind,
                    region.Backing);
                _regions.Insert(upper, new Spot(region, RegionTree.Next(region)));
            }
        }
    }
}
