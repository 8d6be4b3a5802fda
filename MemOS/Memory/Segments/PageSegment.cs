using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment made of pages that a program had (VIRT_MEM_AMS). It holds the frames that were there;
/// those that were only promised stay promised, and are zeroed at the first touch through
/// any mapping.
/// </summary>
public sealed class PageSegment<TMemory> : FrameSegment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // Pages that frames are kept for.
    private ulong _absent;

    // Pages that its last mapping has kept, or that were given back before the segment ends; they
    // are asked of it no more.
    private ulong _givenUp;

    // The mapping whose pages are yet to be taken over, from a page on.
    private SegmentRegion<TMemory>? _takenFrom;
    private ulong _takenUpTo;

    /// <summary>
    /// A segment whose pages are not there; <see cref="NodesFor"/> frames were reserved, and all
    /// that it is was charged.
    /// </summary>
    internal PageSegment(
        FrameAllocator<TMemory> frames, PageCount pages, ulong lead, SegmentState state,
        Purse payer)
        : base(frames, pages, lead, state, NodesFor(pages, lead), payer)
    {
    }

    /// <inheritdoc/>
    public override ulong PromisedFrames =>
        PromisedPages + _tree.PromisedNodes + UnsealedPages;

    /// <inheritdoc/>
    private protected override bool MayExecute => true;

    /// <inheritdoc/>
    private protected override bool MayCopy => true;

    /// <inheritdoc/>
    private protected override ulong PagesToSeal => Pages.Value;

    /// <inheritdoc/>
    private protected override bool IsKept =>
        _absent == (_takenFrom is null ? Pages.Value - ResidentPages - _givenUp : 0)
            && _tree.Nodes + _tree.PromisedNodes + EmptiedNodes == NodesFor(Pages, Lead);

    /// <inheritdoc/>
    private protected override ulong ChargedPages =>
        (_takenFrom is null ? Pages.Value - _givenUp : ResidentPages) * FramesForPage;

    private ulong PromisedPages => _absent * FramesForPage;

    /// <summary>The frames that the records of so many pages may need.</summary>
    internal static ulong NodesFor(PageCount pages, ulong lead) =>
        FrameTree<TMemory>.NodesFor(lead + pages.Value);

    /// <summary>
    /// Begins to take over the pages of its first mapping, which are the space's own until then.
    /// </summary>
    internal void BeginTakeOver(SegmentRegion<TMemory> mapping)
    {
        _takenFrom = mapping;
        _takenUpTo = mapping.FirstNumber;
        IsUnfinished = true;
    }

    /// <inheritdoc/>
    internal override bool TryGoOnTakingOver(ref WorkBudget budget) => _takenFrom is null
        || _takenFrom.Space.TryTakeOver(_takenFrom, this, ref _takenUpTo, ref budget);

    /// <summary>Takes over a page that was there: holds its frame.</summary>
    internal void TakeOver(ulong index, in Translation found) =>
        Put(index, found.Frame, found.Size);

    /// <summary>
    /// All that was there is taken over; the frames that were kept for the others are kept by the
    /// segment from now on.
    /// </summary>
    internal void EndTakeOver()
    {
        _absent = Pages.Value - ResidentPages;
        _takenFrom = null;
    }

    /// <summary>Whether a page of a mapping is yet to be taken over, if it is there.</summary>
    internal bool IsToBeTaken(SegmentRegion<TMemory> mapping, Page page) =>
        _takenFrom == mapping && page.Number >= _takenUpTo;

    /// <summary>Pages that the mapping's space still answers for.</summary>
    internal ulong PagesToTake(SegmentRegion<TMemory> mapping) =>
        _takenFrom == mapping ? Pages.Value - ResidentPages : 0;

    /// <summary>
    /// The large frame around an index: the one that is there, or a new one where nothing is and
    /// 2 MB are free in one piece.
    /// </summary>
    internal bool TryGiveLarge(ulong index, out Frame frame)
    {
        ulong first = index & ~(PageSizes.SmallInLarge - 1ul);
        if (_tree.TryFind(first, out frame, out PageSize size))
        {
            return size == PageSize.Large;
        }

        if (State == SegmentState.Executable || first < Lead || !_tree.IsLargeEmpty(first))
        {
            return false;
        }

        Use(PageSizes.SmallInLarge);
        if (!Frames.TryAllocateLarge(FrameUse.ZeroedData(FrameOwner.Unknown), out frame))
        {
            Return(PageSizes.SmallInLarge);
            return false;
        }

        Put(first, frame, PageSize.Large);
        return true;
    }

    /// <summary>
    /// The small frame at an index, or part of a large one, to be mapped by itself; false if the
    /// page is yet to come.
    /// </summary>
    internal bool TryFindSmall(ulong index, out Frame frame)
    {
        if (!_tree.TryFind(index, out frame, out PageSize size))
        {
            return false;
        }

        if (size == PageSize.Large)
        {
            Frames.ShareParts(frame);
        }

        return true;
    }

    /// <summary>A new small frame, zeroed, for a page that is yet to come.</summary>
    internal FaultOutcome GiveSmall(ulong index, out Frame frame)
    {
        Use(1);
        bool isThere = Frames.TryAllocate(FrameUse.ZeroedData(FrameOwner.Unknown), out frame);
        Ensure.That(isThere, "frames for pages are promised");
        if (!TrySeal(frame))
        {
            Return(1);
            return FaultOutcome.OutOfMemory;
        }

        Put(index, frame, PageSize.Small);
        return FaultOutcome.Resumed;
    }

    /// <summary>
    /// Makes small frames of the large one around an index, which only one mapping maps and ever
    /// will: its mappings are counted anew by the caller.
    /// </summary>
    internal void Break(ulong index)
    {
        bool isThere = _tree.TryFind(
            index & ~(PageSizes.SmallInLarge - 1ul), out Frame large, out _);
        Ensure.That(isThere, "a frame that is broken is there");
        Frames.Break(large);
        _tree.Break(index);
    }

    /// <summary>
    /// Leaves a frame to the only mapping that there is and ever will be, which maps it.
    /// </summary>
    internal void GiveUp(ulong index, PageSize mapped)
    {
        bool isThere = _tree.TryFind(index, out Frame frame, out PageSize size);
        Frame first = size == PageSize.Large ? FrameGroup.Of(frame).First : frame;
        Ensure.That(
            isThere && size == mapped && Frames.MapsOf(first) == 1,
            "what is given up is mapped once, as it is");
        _tree.Remove(index);
        ResidentPages -= size.SmallPages();
        _givenUp += size.SmallPages();
        Payer.Return(
            Resource.CommittedBytes, size.SmallPages() * FramesForPage * ObjectBytes.Page);
    }

    /// <inheritdoc/>
    private protected override void Empty(ulong pages) => _givenUp += pages;

    /// <inheritdoc/>
    private protected override void End()
    {
        Frames.Unreserve(PromisedPages);
        _absent = 0;
        base.End();
    }

    private void Use(ulong pages)
    {
        Frames.Unreserve(pages * FramesForPage);
        _absent -= pages;
    }

    private void Return(ulong pages)
    {
        Ensure.That(
            Frames.TryReserve(pages * FramesForPage), "a frame that came back can be kept again");
        _absent += pages;
    }
}
