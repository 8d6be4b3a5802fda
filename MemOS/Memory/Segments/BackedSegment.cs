using System.Diagnostics.CodeAnalysis;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment whose pages someone supplies when they are touched (BACKED_AMS). Nothing is kept for
/// pages that nobody has touched, so it may be longer than RAM; a page that was supplied stays
/// until the segment ends. One that serves accesses has no pages at all.
/// </summary>
public sealed class BackedSegment<TMemory> : FrameSegment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private BackedSegment(
        FrameAllocator<TMemory> frames, PageCount pages, BackedService service, Backer backer,
        Purse payer)
        : base(frames, pages, 0, SegmentState.Writable, promisedNodes: 0, payer)
    {
        Service = service;
        Backer = backer;
    }

    /// <summary>What its backer does.</summary>
    public BackedService Service { get; }

    /// <summary>Who supplies its pages.</summary>
    public Backer Backer { get; }

    /// <inheritdoc/>
    public override bool CopiesWrites => Service == BackedService.PagesToCopy;

    /// <inheritdoc/>
    private protected override bool MayExecute => Service != BackedService.Accesses;

    /// <inheritdoc/>
    private protected override bool MayCopy => Service != BackedService.Accesses;

    /// <inheritdoc/>
    private protected override ulong PagesToSeal => ResidentPages;

    /// <inheritdoc/>
    private protected override ulong ChargedPages => ResidentPages * FramesForPage;

    /// <inheritdoc/>
    private protected override bool IsKept => _tree.PromisedNodes == 0;

    /// <summary>Makes a segment none of whose pages is there; it needs no frame.</summary>
    /// <param name="frames">All RAM.</param>
    /// <param name="pages">How long it is; not 0.</param>
    /// <param name="service">What its backer does.</param>
    /// <param name="backer">Who that is; it is the owner.</param>
    /// <param name="payer">What is charged for it, and for pages when they are supplied.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>False if a limit is reached.</returns>
    public static bool TryCreate(
        FrameAllocator<TMemory> frames, PageCount pages, BackedService service, Backer backer,
        Purse payer, [NotNullWhen(true)] out BackedSegment<TMemory>? segment)
    {
        segment = TryCharge(payer, 0)
            ? new BackedSegment<TMemory>(frames, pages, service, backer, payer)
            : null;
        return segment is not null;
    }

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
        ulong nodes = _tree.MissingNodes(page.Value);
        if (!TryCharge(needed, nodes))
        {
            return VmStatus.OutOfMemory;
        }

        if (!_tree.TryPromise(page.Value, needed))
        {
            Return(needed, nodes);
            return VmStatus.OutOfMemory;
        }

        Frames.Unreserve(needed);
        bool isThere = Frames.TryAllocate(
            FrameUse.OverwrittenData(FrameOwner.Unknown), out Frame frame);
        Ensure.That(isThere, "a frame that was kept is there");
        Frames.Memory.Copy(source, frame, PageSize.Small);
        if (!TrySeal(frame))
        {
            _tree.EndPromise();
            Return(needed, nodes);
            return VmStatus.OutOfMemory;
        }

        Put(page.Value, frame, PageSize.Small);
        return VmStatus.Done;
    }

    private bool TryCharge(ulong pages, ulong nodes)
    {
        if (!Payer.TryTake(Resource.CommittedBytes, pages * ObjectBytes.Page))
        {
            return false;
        }

        if (Payer.TryTake(Resource.KernelBytes, nodes * ObjectBytes.Page))
        {
            return true;
        }

        Payer.Return(Resource.CommittedBytes, pages * ObjectBytes.Page);
        return false;
    }

    private void Return(ulong pages, ulong nodes)
    {
        Payer.Return(Resource.CommittedBytes, pages * ObjectBytes.Page);
        Payer.Return(Resource.KernelBytes, nodes * ObjectBytes.Page);
    }
}
