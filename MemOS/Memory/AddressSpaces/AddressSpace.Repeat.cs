using MemOS.Memory.Accounts;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>
/// Copies of a space, made in pieces: first the regions, then, in one step, all that is mapped, by
/// sharing page tables. Until then nothing is mapped in the copy. Who has the original sees to it
/// that it does not change meanwhile, but for what others take back of it.
/// </content>
public sealed partial class AddressSpace<TMemory>
{
    // About what it takes to unmap a segment in a copy that is not whole, in instructions.
    private const ulong ForgettingCost = 600;

    // While this is a copy that is not whole: what of, how far, and for how much it is charged.
    private AddressSpace<TMemory>? _original;
    private RegionCopy _reached;
    private int _regionsToBe;
    private int _mappingsToBe;
    private IInheritance<TMemory>? _heirs;

    // The copy of this space that is being made.
    private AddressSpace<TMemory>? _copy;

    /// <summary>
    /// Regions that are copied in a piece at most: what memory for objects a piece needs.
    /// </summary>
    public static int MostCopiedInPiece => RegionTree.MostCopiedInPiece;

    /// <summary>Whether it is a copy that is not whole yet.</summary>
    public bool IsUnfinished => _original is not null;

    /// <summary>
    /// Whether something that the original had when it was begun has been taken back, so that this
    /// copy cannot become whole.
    /// </summary>
    public bool IsOutdated { get; private set; }

    /// <summary>
    /// Begins to make a copy of the space (CREATE_PROCESS), in which all is where it is here. What
    /// is written in one of the two is not seen in the other; mappings of segments go on as
    /// mappings. Nothing is copied until then, and the cost does not grow with what is mapped, only
    /// with the regions. A frame is kept for each page and table that may have to be copied.
    /// </summary>
    /// <param name="owner">The owner of its frames; no other space has the same.</param>
    /// <param name="purse">What is charged for the copy: one of the same account.</param>
    /// <param name="copy">
    /// The copy. It has to become whole (<see cref="TryGoOnCopying"/>), or to be given up.
    /// </param>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    public VmStatus TryBeginCopy(
        FrameOwner owner, Purse purse, out AddressSpace<TMemory>? copy)
    {
        Ensure.That(purse.Account == Purse.Account, "a family of spaces has one account");
        Ensure.That(_takenOver is null, "what is taken over is so before a copy");
        Ensure.That(_copy is null && _original is null, "one copy is made at a time");
        copy = null;
        if (!TryChargeCopy(purse))
        {
            return VmStatus.OverLimit;
        }

        if (!_frames.TryReserve(_promise.Needed))
        {
            ReturnCopy(purse);
            return VmStatus.OutOfMemory;
        }

        if (!Table.TryBeginFork(out PageTable<TMemory>? table))
        {
            _frames.Unreserve(_promise.Needed);
            ReturnCopy(purse);
            return VmStatus.OutOfMemory;
        }

        _promise.EndAhead();
        _pool.Join();
        copy = new AddressSpace<TMemory>(table!, _frames, _random, owner, _pool, purse)
        {
            _original = this,
            _regionsToBe = _regions.Count,
            _mappingsToBe = _mappings,
        };
        copy._promise.Repeat(_promise);
        _copy = copy;
        return VmStatus.Done;
    }

    /// <summary>
    /// Goes on with making this copy, which is not outdated, as far as the budget allows.
    /// </summary>
    /// <param name="heirs">Is asked before a mapping is copied; null if nobody has to be.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>
    /// Done: it is whole; Unfinished: to be called again; or OverLimit, as the heirs say: to be
    /// given up.
    /// </returns>
    public VmStatus TryGoOnCopying(IInheritance<TMemory>? heirs, ref WorkBudget budget)
    {
        Ensure.That(_original is not null && !IsOutdated, "a copy is made until it is whole");
        _heirs = heirs;
        if (!_regions.TryRepeat(_original._regions, ref _reached, CopyRegion, ref budget))
        {
            return budget.IsSpent ? VmStatus.Unfinished : VmStatus.OverLimit;
        }

        _original.Table.Share(Table);
        EndCopying();
        return VmStatus.Done;
    }

    /// <summary>
    /// Gives up a copy that is not whole, before it is released. No segment that others can take
    /// back is mapped in it any more.
    /// </summary>
    public void GiveUpCopying()
    {
        int mappings = _mappingsToBe - _mappings;
        int regions = _regionsToBe - _regions.Count - mappings;
        ReturnRegions(Purse, (ulong)regions, (ulong)mappings);
        EndCopying();
    }

    private void EndCopying()
    {
        _original!._copy = null;
        _original = null;
        _reached = default;
        _heirs = null;
    }

    // None if a limit is reached.
    private Region? CopyRegion(Region region)
    {
        if (region is not SegmentRegion<TMemory> mapping)
        {
            return _pool.TakeCopy(Purse, region);
        }

        bool mayHave = _heirs is null || _heirs.TryInherit(mapping.Segment);
        return mayHave ? CopyMapping(mapping) : null;
    }

    // The pages that a segment was made of are in the other space; here they are mapped.
    private SegmentRegion<TMemory> CopyMapping(SegmentRegion<TMemory> mapping)
    {
        MappingMode mode =
            mapping.Mode == MappingMode.Original ? MappingMode.Mutual : mapping.Mode;
        SegmentRegion<TMemory> copy = new(mapping, this, mode);
        SegmentPages += copy.SegmentPages;
        _mappings++;
        mapping.Segment.AddCopy(copy);
        _bySegment.Add(copy);
        return copy;
    }

    // Something is taken back of a space: a copy that is being made of it would still have it.
    private void OutdateCopy()
    {
        if (_copy is not null)
        {
            _copy.IsOutdated = true;
        }
    }

    // Unmaps a segment in a copy that is not whole: no page is mapped, and the charge is for what
    // it is to be.
    private bool TryForget(SegmentRegion<TMemory> mapping, ref WorkBudget budget)
    {
        IsOutdated = true;
        bool isLastUse = !mapping.Segment.IsInUse && mapping.Segment.IsUsedOnce;
        if (budget.IsLimited && isLastUse && !mapping.Segment.TryEmpty(ref budget))
        {
            return false;
        }

        budget.Spend(ForgettingCost);
        _regions.Remove(mapping);
        _mappings--;
        SegmentPages -= mapping.SegmentPages;
        _bySegment.Remove(mapping);
        mapping.Segment.Remove(mapping);
        return true;
    }
}
