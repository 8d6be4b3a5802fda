using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment made of pages that a program had (VIRT_MEM_AMS). It holds the frames that were there;
/// those that were only promised stay promised, and are zeroed at the first touch through
/// any mapping.
/// </summary>
public sealed class PageSegment<TMemory> : Segment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private FrameTree<TMemory> _tree;

    /// <summary>
    /// A segment whose pages are not there; <see cref="NodesFor"/> frames were reserved.
    /// </summary>
    internal PageSegment(
        FrameAllocator<TMemory> frames, PageCount pages, ulong lead, SegmentState state)
        : base(frames, pages, lead, state) =>
        _tree = new FrameTree<TMemory>(
            frames, lead + pages.Value, NodesFor(pages, lead));

    /// <summary>Small pages whose frames are there.</summary>
    public ulong ResidentPages { get; private set; }

    /// <summary>Frames that are its alone: its pages, and those that lead to them.</summary>
    public ulong UsedFrames => ResidentPages + _tree.Nodes;

    /// <summary>Frames that are kept back for what is not there yet.</summary>
    public ulong PromisedFrames => PromisedPages + _tree.PromisedNodes;

    /// <summary>Frames that are kept for pages.</summary>
    internal ulong PromisedPages { get; private set; }

    // Pages that its last mapping has kept; they are asked of it no more.
    private ulong GivenUpPages { get; set; }

    /// <inheritdoc/>
    private protected override bool MayExecute => true;

    /// <inheritdoc/>
    private protected override bool MayCopy => true;

    // As in an address space: sealing a small frame may split the kernel's own map of RAM.
    private ulong FramesForPage => State == SegmentState.Executable ? 2u : 1u;

    /// <summary>The frames that the records of so many pages may need.</summary>
    internal static ulong NodesFor(PageCount pages, ulong lead) =>
        FrameTree<TMemory>.NodesFor(lead + pages.Value);

    /// <summary>
    /// Checks what is kept and counted against the pages: for tests and for the shell.
    /// </summary>
    public bool IsSound()
    {
        ulong resident = 0;
        ulong from = 0;
        while (_tree.TryFindNext(from, out ulong index, out Frame frame, out PageSize size))
        {
            if (Frames.HoldsOf(frame) == 0 || index < Lead || !IsInState(frame))
            {
                return false;
            }

            resident += size.SmallPages();
            from = index + size.SmallPages();
        }

        ulong absent = Pages.Value - resident - GivenUpPages;
        return resident == ResidentPages && PromisedPages == absent * FramesForPage
            && _tree.Nodes + _tree.PromisedNodes == NodesFor(Pages, Lead);
    }

    /// <summary>The frame that is there at an index; false if the page is yet to come.</summary>
    internal bool TryFind(ulong index, out Frame frame, out PageSize size) =>
        _tree.TryFind(index, out frame, out size);

    /// <summary>
    /// Takes over the pages of a range: holds the frames that are there. The frames that were kept
    /// for the others are kept by the segment from now on.
    /// </summary>
    internal void TakeOver(PageTable<TMemory> table, PageRange range)
    {
        ulong from = range.First.Number;
        while (table.TryFindMapped(
            from, range.EndNumber, out Page page, out Translation found))
        {
            ulong index = page.Number - range.First.Number + Lead;
            table.Disclaim(page);
            _tree.Set(index, found.Frame, found.Size);
            ResidentPages += found.Size.SmallPages();
            from = page.Number + found.Size.SmallPages();
        }

        PromisedPages = (Pages.Value - ResidentPages) * FramesForPage;
    }

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

        _tree.Set(first, frame, PageSize.Large);
        ResidentPages += PageSizes.SmallInLarge;
        return true;
    }

    /// <summary>The small frame at an index, or part of a large one; zeroed if new.</summary>
    internal FaultOutcome GiveSmall(ulong index, out Frame frame)
    {
        if (_tree.TryFind(index, out frame, out PageSize size))
        {
            if (size == PageSize.Large)
            {
                Frames.ShareParts(frame);
            }

            return FaultOutcome.Resumed;
        }

        ulong promised = FramesForPage;
        Use(promised);
        bool isThere = Frames.TryAllocate(FrameUse.ZeroedData(FrameOwner.Unknown), out frame);
        Ensure.That(isThere, "frames for pages are promised");
        if (State == SegmentState.Executable
            && FrameRule.TryMakeExecutable(Frames, frame) != HandOver.Done)
        {
            Frames.Discard(frame);
            Return(promised);
            return FaultOutcome.OutOfMemory;
        }

        _tree.Set(index, frame, PageSize.Small);
        ResidentPages++;
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
        GivenUpPages += size.SmallPages();
    }

    /// <inheritdoc/>
    internal override bool TryMakeExecutable()
    {
        if (State == SegmentState.Executable)
        {
            return true;
        }

        // What is not there needs a second frame a page from now on, and what is there may need
        // one at once.
        Ensure.That(Mappings == 0, "nothing maps what becomes code");
        if (!Frames.TryReserve(Pages.Value))
        {
            return false;
        }

        ulong from = 0;
        while (_tree.TryFindNext(from, out ulong index, out Frame frame, out PageSize size))
        {
            Frames.Unreserve(size.SmallPages());
            HandOver done = FrameRule.TryMakeExecutable(Frames, frame);
            Ensure.That(done == HandOver.Done, "frames that nothing maps can be sealed");
            from = index + size.SmallPages();
        }

        PromisedPages *= 2;
        State = SegmentState.Executable;
        return true;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        _tree.End();
        Frames.Unreserve(PromisedPages);
        PromisedPages = 0;
        ResidentPages = 0;
    }

    private bool IsInState(Frame frame) =>
        (Frames.StateOf(frame) == FrameState.Executable) == (State == SegmentState.Executable);

    private void Use(ulong frames)
    {
        Frames.Unreserve(frames);
        PromisedPages -= frames;
    }

    private void Return(ulong frames)
    {
        Ensure.That(Frames.TryReserve(frames), "a frame that came back can be kept again");
        PromisedPages += frames;
    }
}
