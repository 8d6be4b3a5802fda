using System;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Segments;

/// <summary>
/// A segment that has frames of RAM: it holds those that are there, and all of them are code if it
/// is.
/// </summary>
public abstract class FrameSegment<TMemory> : Segment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // About what it takes to drop a frame, in instructions.
    private const ulong FrameCost = 300;
    private const ulong CodeCost = 1_500;
    private const ulong SealCost = 900;

    // Frames with a lower index are what the segment is: sealed, if it is code.
    private ulong _sealedUpTo = ulong.MaxValue;

    // About what it takes to check a page, and to pass over a hole on the way to it: more than so
    // many pages are passed over by whole nodes.
    private const ulong PageCost = 400;
    private const ulong HoleCost = 60;
    private const ulong MostHoles = 1024;

    // A field, as it is a structure that changes.
    private protected FrameTree<TMemory> _tree;

    private protected FrameSegment(
        FrameAllocator<TMemory> frames, PageCount pages, ulong lead, SegmentState state,
        ulong promisedNodes, Purse payer)
        : base(frames, pages, lead, state, payer) =>
        _tree = new FrameTree<TMemory>(frames, lead + pages.Value, promisedNodes);

    /// <summary>Small pages whose frames are there.</summary>
    public ulong ResidentPages { get; private protected set; }

    /// <inheritdoc/>
    public override ulong UsedFrames => ResidentPages + _tree.Nodes;

    /// <inheritdoc/>
    private protected override ulong ChargedNodes => _tree.Nodes + _tree.PromisedNodes;

    /// <summary>
    /// Frames that a page takes. As in an address space: sealing a small frame may split the
    /// kernel's own map of RAM.
    /// </summary>
    private protected ulong FramesForPage => State == SegmentState.Executable ? 2u : 1u;

    /// <summary>
    /// Pages that were there when the segment became code, and are to be sealed: a frame is kept
    /// for each, and none of them is mapped.
    /// </summary>
    private protected ulong UnsealedPages { get; private set; }

    /// <inheritdoc/>
    public override ulong PromisedFrames => UnsealedPages;

    /// <summary>Nodes that were given back before the segment ends.</summary>
    private protected ulong EmptiedNodes { get; private set; }

    /// <summary>Pages that a second frame is kept for once it is code.</summary>
    private protected abstract ulong PagesToSeal { get; }

    /// <summary>Whether what is kept for more is what may be needed.</summary>
    private protected abstract bool IsKept { get; }

    /// <inheritdoc/>
    public override bool TryAudit(ref SegmentProgress progress, ref WorkBudget budget)
    {
        while (_tree.TryFindNext(
            progress.Next, out ulong index, out Frame frame, out PageSize size))
        {
            if (budget.IsSpent)
            {
                return false;
            }

            budget.Spend(PageCost + CostOfHole(index - progress.Next));
            if (!IsSound(index, frame))
            {
                progress.IsBroken = true;
                return true;
            }

            progress.Resident += size.SmallPages();
            progress.Next = index + size.SmallPages();
        }

        budget.Spend(CostOfHole(Lead + Pages.Value - progress.Next));
        progress.IsBroken = progress.Resident != ResidentPages || !IsKept;
        return true;
    }

    /// <summary>The frame that is there at an index; false if the page is yet to come.</summary>
    internal bool TryFind(ulong index, out Frame frame, out PageSize size) =>
        _tree.TryFind(index, out frame, out size);

    /// <inheritdoc/>
    public override bool TryEmpty(ref WorkBudget budget)
    {
        Ensure.That(IsUsedOnce, "only what ends is emptied");
        EndSealing();

        // The kernel's own way to write to code is made anew.
        ulong cost = State == SegmentState.Executable ? CodeCost : FrameCost;
        bool isDone = _tree.TryEmpty(cost, ref budget, out ulong pages, out ulong nodes);
        ResidentPages -= pages;
        EmptiedNodes += nodes;
        Empty(pages);
        Payer.Return(Resource.CommittedBytes, pages * FramesForPage * ObjectBytes.Page);
        Payer.Return(Resource.KernelBytes, nodes * ObjectBytes.Page);
        return isDone;
    }

    /// <inheritdoc/>
    internal override bool TryMakeExecutable()
    {
        if (State == SegmentState.Executable)
        {
            return true;
        }

        // What is not there needs a second frame a page from now on, and what is there may need
        // one until it is sealed.
        Ensure.That(Mappings == 0, "nothing maps what becomes code");
        ulong bytes = PagesToSeal * ObjectBytes.Page;
        if (!Payer.TryTake(Resource.CommittedBytes, bytes))
        {
            return false;
        }

        if (!Frames.TryReserve(PagesToSeal))
        {
            Payer.Return(Resource.CommittedBytes, bytes);
            return false;
        }

        UnsealedPages = ResidentPages;
        _sealedUpTo = 0;
        IsUnfinished = true;
        State = SegmentState.Executable;
        return true;
    }

    /// <inheritdoc/>
    internal override bool TryGoOnSealing(ref WorkBudget budget)
    {
        if (UnsealedPages == 0)
        {
            return true;
        }

        while (UnsealedPages != 0)
        {
            if (budget.IsSpent)
            {
                return false;
            }

            bool isThere = _tree.TryFindNext(
                _sealedUpTo, out ulong index, out Frame frame, out PageSize size);
            Ensure.That(isThere, "what is to be sealed is there");
            _sealedUpTo = index + size.SmallPages();
            budget.Spend(SealCost);

            // Pages that came since were sealed at once.
            if (Frames.StateOf(frame) != FrameState.Executable)
            {
                Frames.Unreserve(size.SmallPages());
                UnsealedPages -= size.SmallPages();
                HandOver done = FrameRule.TryMakeExecutable(Frames, frame);
                Ensure.That(done == HandOver.Done, "frames that nothing maps can be sealed");
            }
        }

        _sealedUpTo = ulong.MaxValue;
        return true;
    }

    /// <summary>Pages were given back before the segment ends.</summary>
    private protected virtual void Empty(ulong pages)
    {
    }

    private static ulong CostOfHole(ulong pages) => Math.Min(pages, MostHoles) * HoleCost;

    // A frame that is held, and code if the segment is.
    private bool IsSound(ulong index, Frame frame)
    {
        bool isCode = Frames.StateOf(frame) == FrameState.Executable;
        bool isRight = isCode == (State == SegmentState.Executable) || index >= _sealedUpTo;
        return Frames.HoldsOf(frame) != 0 && index >= Lead && isRight;
    }

    /// <summary>Holds a frame from now on.</summary>
    private protected void Put(ulong index, Frame frame, PageSize size)
    {
        _tree.Set(index, frame, size);
        ResidentPages += size.SmallPages();
    }

    /// <summary>
    /// Makes a new small frame what the segment is. False if there is no memory for that: the
    /// frame is given back.
    /// </summary>
    private protected bool TrySeal(Frame frame)
    {
        bool isSealed = State != SegmentState.Executable
            || FrameRule.TryMakeExecutable(Frames, frame) == HandOver.Done;
        if (!isSealed)
        {
            Frames.Discard(frame);
        }

        return isSealed;
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        EndSealing();
        _tree.End();
        ResidentPages = 0;
    }

    // It ends before it was sealed.
    private void EndSealing()
    {
        Frames.Unreserve(UnsealedPages);
        UnsealedPages = 0;
    }
}
