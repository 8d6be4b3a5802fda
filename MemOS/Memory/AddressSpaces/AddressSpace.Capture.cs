using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>Making a segment of memory that is there.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Makes a segment of pages that Allocate gave (VIRT_MEM_AMS): any part of a region, or of
    /// several side by side with the same rights. Nothing is copied; the pages stay where they are
    /// and as they may be used, as the segment's first mapping. Free refuses them from then on.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <param name="budget">
    /// How much may be done now to copy what a fork shares; all else is done in one step.
    /// </param>
    /// <param name="segment">The segment; the caller is its owner.</param>
    /// <returns>
    /// Done, Unaligned, StartOutOfRange, EndOutOfRange, NotAllocated, Shared (part of a segment
    /// already), Refused (different rights), OutOfMemory, or Unfinished: to be called again, as
    /// nothing has changed that can be seen.
    /// </returns>
    public VmStatus Capture(
        VirtualAddress start, ulong pages, ref WorkBudget budget,
        out PageSegment<TMemory>? segment)
    {
        segment = null;
        VmStatus status = Check(start, pages, out PageRange range, out Region? first);
        if (status != VmStatus.Done)
        {
            return status;
        }

        if (!HasOneRight(first!, range))
        {
            return VmStatus.Refused;
        }

        ulong lead = pages < PageSizes.SmallInLarge
            ? 0
            : range.First.Number & (PageSizes.SmallInLarge - 1);
        ulong nodes = PageSegment<TMemory>.NodesFor(range.Count, lead);
        status = ChargeCapture(first!, range, nodes, out Region? upper);
        if (status != VmStatus.Done)
        {
            return status;
        }

        if (!TryOwnEdges(range, ref budget) || !TryOwnWithin(first!, range, ref budget))
        {
            ReturnCapture(nodes, upper);
            return VmStatus.Unfinished;
        }

        segment = new PageSegment<TMemory>(
            _frames, range.Count, lead, StateFor(first!.Rights), Purse);
        SegmentRegion<TMemory> mapping = new(
            range, first.Rights, first.Kind, this, segment, default, MappingMode.Original);
        ReplaceRegions(first, mapping, upper);
        segment.Add(mapping);
        segment.TakeOver(Table, range);
        _promise.HandOn(
            FramesFor(mapping.Rights, range.Count.Value),
            FramesFor(mapping.Rights, segment.ResidentPages));
        mapping.SegmentPages = segment.ResidentPages;
        SegmentPages += segment.ResidentPages;
        return VmStatus.Done;
    }

    /// <summary>The same in one step.</summary>
    public VmStatus Capture(
        VirtualAddress start, ulong pages, out PageSegment<TMemory>? segment)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return Capture(start, pages, ref budget, out segment);
    }

    // The segment, its nodes, its first mapping, and what is left above that.
    private VmStatus ChargeCapture(
        Region first, PageRange range, ulong nodes, out Region? upper)
    {
        upper = null;
        if (!Segment<TMemory>.TryCharge(Purse, nodes))
        {
            return VmStatus.OverLimit;
        }

        VmStatus status = VmStatus.OverLimit;
        if (TryChargeMapping())
        {
            if (TryTakeUpperRest(first, range, out upper))
            {
                if (_frames.TryReserve(nodes))
                {
                    return VmStatus.Done;
                }

                status = VmStatus.OutOfMemory;
                GiveRegions(upper);
            }

            ReturnMapping();
        }

        Segment<TMemory>.Return(Purse, nodes);
        return status;
    }

    private void ReturnCapture(ulong nodes, Region? upper)
    {
        _frames.Unreserve(nodes);
        GiveRegions(upper);
        ReturnMapping();
        Segment<TMemory>.Return(Purse, nodes);
    }

    // All that is there of a range becomes the space's alone, and what lies across its ends is
    // split: the tables for that are promised. False if a piece of that is done.
    private bool TryOwnWithin(Region first, PageRange range, ref WorkBudget budget)
    {
        if (range != first.Range)
        {
            _promise.Open();
            Ensure.That(Table.TrySplitEdges(range), TablesArePromised);
            _promise.Close();
        }

        return TryOwnAll(range, first.Rights, ref budget);
    }

    private static SegmentState StateFor(PageRights rights)
    {
        if (rights.CanExecute)
        {
            return SegmentState.Executable;
        }

        return rights.CanWrite ? SegmentState.Writable : SegmentState.Constant;
    }

    private static bool HasOneRight(Region first, PageRange range)
    {
        Region? at = first;
        while (at is not null && at.FirstNumber < range.EndNumber)
        {
            if (at.Rights != first.Rights)
            {
                return false;
            }

            at = RegionTree.Next(at);
        }

        return true;
    }

    // Puts a mapping where parts of other regions are; what is mapped stays.
    private void ReplaceRegions(Region first, SegmentRegion<TMemory> mapping, Region? upper)
    {
        PageRange range = mapping.Range;
        Region? below = first.FirstNumber < range.First.Number
            ? first
            : RegionTree.Previous(first);
        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            region = CutOut(region, region.Within(range), upper);
        }

        _regions.Insert(mapping, new Spot(below, region));
        _mappings++;
    }
}
