using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>Making a segment of memory that is there.</content>
public sealed partial class AddressSpace<TMemory>
{
    // About what it takes to take a page over, in instructions.
    private const ulong TakeOverCost = 1_500;

    // A segment that may have pages of this space to take over.
    private PageSegment<TMemory>? _takenOver;

    /// <summary>
    /// Makes a segment of pages that Allocate gave (VIRT_MEM_AMS): any part of a region, or of
    /// several side by side with the same rights. Nothing is copied; the pages stay where they are
    /// and as they may be used, as the segment's first mapping. Free refuses them from then on.
    /// </summary>
    /// <param name="start">The first page's start.</param>
    /// <param name="pages">How many; not 0.</param>
    /// <param name="budget">
    /// How much may be done now. What is left of taking the pages over is done when a mapping of
    /// the segment is used or goes, or the space is copied.
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
        if (!TryEndTakeOver(ref budget))
        {
            return VmStatus.Unfinished;
        }

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

        if (!TryOwnEdges(range, ref budget))
        {
            ReturnCapture(nodes, upper);
            return VmStatus.Unfinished;
        }

        segment = new PageSegment<TMemory>(
            _frames, range.Count, lead, StateFor(first!.Rights), Purse);
        SegmentRegion<TMemory> mapping = new(
            range, first.Rights, first.Kind, this, segment, default, MappingMode.Original);
        ReplaceRegions(first, mapping, upper);
        Add(mapping);
        segment.BeginTakeOver(mapping);
        _takenOver = segment;
        TryEndTakeOver(ref budget);
        return VmStatus.Done;
    }

    /// <summary>
    /// Goes on with what the newest segment takes over of this space, as has to be done before the
    /// space is copied.
    /// </summary>
    /// <returns>Whether nothing is left to be taken over.</returns>
    public bool TryEndTakeOver(ref WorkBudget budget)
    {
        if (_takenOver is null)
        {
            return true;
        }

        bool isDone = _takenOver.TryGoOnTakingOver(ref budget);
        _takenOver = isDone ? null : _takenOver;
        return isDone;
    }

    /// <summary>
    /// Gives pages of the space's own that are there to the segment that was made of them, and in
    /// the end the promise of those that are not.
    /// </summary>
    /// <param name="mapping">Where they are.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="next">The first page that may be left.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>Whether all is done.</returns>
    internal bool TryTakeOver(
        SegmentRegion<TMemory> mapping, PageSegment<TMemory> segment, ref ulong next,
        ref WorkBudget budget)
    {
        while (!budget.IsSpent)
        {
            // What a fork shares becomes the space's alone first.
            bool isShared = Table.Family.WasForked
                && Table.TryFindMapped(next, mapping.EndNumber, out Page own, out _)
                && !TryOwnPage(own, mapping.Rights, ref budget);
            if (isShared)
            {
                return false;
            }

            if (!Table.TryDisclaimNext(
                next, mapping.EndNumber, out Page page, out Translation found))
            {
                ulong absent = mapping.Range.Count.Value - segment.ResidentPages;
                _promise.HandOn(FramesFor(mapping.Rights, absent), 0);
                segment.EndTakeOver();
                return true;
            }

            ulong pages = found.Size.SmallPages();
            ulong frames = FramesFor(mapping.Rights, pages);
            segment.TakeOver(mapping.IndexOf(page), found);
            _promise.HandOn(frames, frames);
            mapping.SegmentPages += pages;
            SegmentPages += pages;
            next = page.Number + pages;
            budget.Spend(TakeOverCost);
        }

        return false;
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

    // Puts a mapping where parts of other regions are; what is mapped stays. Needs no tables but
    // those of large pages that are split, which are promised.
    private void ReplaceRegions(Region first, SegmentRegion<TMemory> mapping, Region? upper)
    {
        PageRange range = mapping.Range;
        Region? below = first.FirstNumber < range.First.Number
            ? first
            : RegionTree.Previous(first);
        if (range != first.Range)
        {
            _promise.Open();
            Ensure.That(Table.TrySplitEdges(range), TablesArePromised);
            _promise.Close();
        }

        Region? region = first;
        while (region is not null && region.FirstNumber < range.EndNumber)
        {
            region = CutOut(region, region.Within(range), upper);
        }

        _regions.Insert(mapping, new Spot(below, region));
    }
}
