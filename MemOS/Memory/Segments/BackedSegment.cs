using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment whose pages someone supplies when they are touched (BACKED_AMS). Nothing is kept for
/// pages that nobody has touched, so it may be longer than RAM; a page that was supplied stays
/// until the segment ends. One that serves accesses has no pages at all.
/// </summary>
public sealed class BackedSegment<TMemory> : Segment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private FrameTree<TMemory> _tree;

    /// <summary>Makes a segment none of whose pages is there; it needs no frame.</summary>
    /// <param name="frames">All RAM.</param>
    /// <param name="pages">How long it is; not 0.</param>
    /// <param name="service">What its backer does.</param>
    /// <param name="backer">Who that is; it is the owner.</param>
    public BackedSegment(
        FrameAllocator<TMemory> frames, PageCount pages, BackedService service, Backer backer)
        : base(frames, pages, 0, SegmentState.Writable)
    {
        Service = service;
        Backer = backer;
        _tree = new FrameTree<TMemory>(frames, pages.Value, 0);
    }

    /// <summary>What its backer does.</summary>
    public BackedService Service { get; }

    /// <summary>Who supplies its pages.</summary>
    public Backer Backer { get; }

    /// <summary>Pages that were supplied.</summary>
    public ulong ResidentPages { get; private set; }

    /// <summary>Frames that are its alone: its pages, and those that lead to them.</summary>
    public ulong UsedFrames => ResidentPages + _tree.Nodes;

    /// <inheritdoc/>
    public override bool CopiesWrites => Service == BackedService.PagesToCopy;

    /// <inheritdoc/>
    private protected override bool MayExecute => Service != BackedService.Accesses;

    /// <inheritdoc/>
    private protected override bool MayCopy => Service != BackedService.Accesses;

    // Sealing a small frame may split the kernel's own map of RAM.
    private ulong FramesForPage => State == SegmentState.Executable ? 2u : 1u;

    /// <summary>
    /// Supplies a page: a copy of a frame becomes the segment's, code for good if the segment is.
    /// One that is there already stays as it is.
    /// </summary>
    /// <param name="page">Which, counted from 0; within the segment.</param>
    /// <param name="source">What is to be in it.</param>
    /// <returns>Done, or OutOfMemory: then nothing has changed.</returns>
    public VmStatus Supply(PageCount page, Frame source)
    {
        Ensure.That(!HasEnded && page < Pages, "a page of a segment that lives is supplied");
        Ensure.That(Service != BackedService.Accesses, "where accesses are served are no pages");
        if (_tree.TryFind(page.Value, out _, out _))
        {
            return VmStatus.Done;
        }

        ulong needed = FramesForPage;
        if (!_tree.TryPromise(page.Value, needed))
        {
            return VmStatus.OutOfMemory;
        }

        Frames.Unreserve(needed);
        bool isThere = Frames.TryAllocate(
            FrameUse.OverwrittenData(FrameOwner.Unknown), out Frame frame);
        Ensure.That(isThere, "a frame that was kept is there");
        Frames.Memory.Copy(source, frame, PageSize.Small);
        if (State == SegmentState.Executable
            && FrameRule.TryMakeExecutable(Frames, frame) != HandOver.Done)
        {
            Frames.Discard(frame);
            _tree.EndPromise();
            return VmStatus.OutOfMemory;
        }

        _tree.Set(page.Value, frame, PageSize.Small);
        ResidentPages++;
        return VmStatus.Done;
    }

    /// <summary>
    /// Checks what is counted against the pages: for tests and for the shell.
    /// </summary>
    public bool IsSound()
    {
        ulong resident = 0;
        ulong from = 0;
        while (_tree.TryFindNext(from, out ulong index, out Frame frame, out _))
        {
            bool isCode = Frames.StateOf(frame) == FrameState.Executable;
            if (Frames.HoldsOf(frame) == 0 || isCode != (State == SegmentState.Executable))
            {
                return false;
            }

            resident++;
            from = index + 1;
        }

        return resident == ResidentPages && _tree.PromisedNodes == 0;
    }

    /// <summary>The frame that is there at an index; false if it was not supplied yet.</summary>
    internal bool TryFind(ulong index, out Frame frame) =>
        _tree.TryFind(index, out frame, out _);

    /// <inheritdoc/>
    internal override bool TryMakeExecutable()
    {
        if (State == SegmentState.Executable)
        {
            return true;
        }

        Ensure.That(Mappings == 0, "nothing maps what becomes code");
        if (!Frames.TryReserve(ResidentPages))
        {
            return false;
        }

        ulong from = 0;
        while (_tree.TryFindNext(from, out ulong index, out Frame frame, out _))
        {
            Frames.Unreserve(1);
            HandOver done = FrameRule.TryMakeExecutable(Frames, frame);
            Ensure.That(done == HandOver.Done, "frames that nothing maps can be sealed");
            from = index + 1;
        }

        State = SegmentState.Executable;
        return true;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        _tree.End();
        ResidentPages = 0;
    }
}
