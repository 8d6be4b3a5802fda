using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Segments;

/// <summary>
/// An abstract memory segment (AMS): memory apart from any address space, which address spaces
/// map, at any number of places. It lives as long as it has an owner, a share or a mapping, and
/// ends by itself with the last of them, whichever that is.
/// <para>
/// No two roads to it may together write and execute its frames (architecture decision D8): see
/// <see cref="SegmentState"/>. What a mapping or a share would have to break is refused.
/// </para>
/// </summary>
public abstract class Segment<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private bool _hasOwner = true;
    private int _writeShares;
    private int _executeShares;
    private int _writers;
    private int _copies;
    private ulong _newest;

    private protected Segment(
        FrameAllocator<TMemory> frames, PageCount pages, ulong lead, SegmentState state,
        Purse payer)
    {
        Payer = payer;
        Ensure.That(pages.Value != 0, "a segment has pages");
        Frames = frames;
        Serial = frames.NextSegment();
        Pages = pages;
        Lead = lead;
        State = state;
    }

    /// <summary>
    /// What is charged for it as long as it is there, whoever has it: its maker's.
    /// </summary>
    public Purse Payer { get; }

    /// <summary>
    /// By what those who may use it are known; 0 while nobody keeps track of them.
    /// </summary>
    public ulong Number { get; set; }

    /// <summary>How long it is.</summary>
    public PageCount Pages { get; }

    /// <summary>What its memory is.</summary>
    public SegmentState State { get; private protected set; }

    /// <summary>How many places of all address spaces it is mapped at.</summary>
    public int Mappings { get; private set; }

    /// <summary>How many shares there are; the owner has none.</summary>
    public int Shares { get; private set; }

    /// <summary>Whether pages may be left to be taken over or sealed.</summary>
    private protected bool IsUnfinished { private get; set; }

    /// <summary>
    /// Places that an audit has met so far which it is mapped at; means nothing at other times.
    /// </summary>
    public int MappingsMet { get; set; }

    /// <summary>
    /// The number of the count in which an audit met a claim to it last: see who counts.
    /// </summary>
    public ulong ClaimedIn { get; set; }

    /// <summary>Whether all is given back; nothing may be asked of it any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// Whether someone can still map it. What can't be mapped any more never can again.
    /// </summary>
    public bool IsInUse => _hasOwner || Shares != 0;

    /// <summary>
    /// Whether it ends with the claim of its owner, or the share, that there is; with the mapping,
    /// if there is one alone and nobody can map it any more.
    /// </summary>
    public bool IsUsedOnce => Mappings + Shares + (_hasOwner ? 1 : 0) == 1;

    /// <summary>
    /// Whether all who write it do so to copies of their own: only copy-on-write mappings and
    /// shares of it can be written.
    /// </summary>
    public virtual bool CopiesWrites => false;

    /// <summary>Frames that are its alone: its pages, and those that lead to them.</summary>
    public virtual ulong UsedFrames => 0;

    /// <summary>Frames that are kept back for what is not there yet.</summary>
    public virtual ulong PromisedFrames => 0;

    /// <summary>Frames of pages that are charged.</summary>
    private protected virtual ulong ChargedPages => 0;

    /// <summary>Frames of nodes that are charged.</summary>
    private protected virtual ulong ChargedNodes => 0;

    /// <summary>All RAM.</summary>
    private protected FrameAllocator<TMemory> Frames { get; }

    /// <summary>
    /// Small frames before the first page, up to a place where a large frame could start: offset
    /// plus this is an *index*, and large frames lie at multiples of 512 of it.
    /// </summary>
    internal ulong Lead { get; }

    /// <summary>Its place among all segments that were ever made of these frames.</summary>
    internal ulong Serial { get; }

    /// <summary>Charges a segment that is to be made, without its pages.</summary>
    /// <param name="payer">What is charged.</param>
    /// <param name="nodes">Frames for the records of its pages.</param>
    /// <returns>False if a limit is reached; nothing has changed.</returns>
    internal static bool TryCharge(Purse payer, ulong nodes)
    {
        if (!payer.TryTake(Resource.Segments, 1))
        {
            return false;
        }

        if (payer.TryTake(Resource.KernelBytes, BytesWith(nodes)))
        {
            return true;
        }

        payer.Return(Resource.Segments, 1);
        return false;
    }

    /// <summary>Takes the charge back.</summary>
    internal static void Return(Purse payer, ulong nodes)
    {
        payer.Return(Resource.Segments, 1);
        payer.Return(Resource.KernelBytes, BytesWith(nodes));
    }

    /// <summary>Adds what is charged for it: for audits.</summary>
    public void AddCharges(ref ResourceAmounts charges)
    {
        charges[Resource.Segments]++;
        charges[Resource.KernelBytes] += BytesWith(ChargedNodes);
        charges[Resource.CommittedBytes] += ChargedPages * ObjectBytes.Page;
    }

    /// <summary>
    /// Checks what is kept and counted against the pages, as far as the budget allows: for audits.
    /// The segment must not change between two pieces.
    /// </summary>
    /// <returns>Whether it is over: all was checked, or a rule is broken.</returns>
    public virtual bool TryAudit(ref SegmentProgress progress, ref WorkBudget budget) => true;

    /// <summary>
    /// What comes of a wish: who would write a segment that copies writes gets copies.
    /// </summary>
    public SegmentShare Grant(in SegmentShare wish) =>
        CopiesWrites && wish.Rights.CanWrite
            ? wish with { Mode = MappingMode.CopyOnWrite }
            : wish;

    /// <summary>
    /// Counts a share that someone is given, which keeps the segment until it is ended.
    /// </summary>
    /// <returns>Done, or Refused: rights that the segment can't have or others rule out.</returns>
    public VmStatus Share(in SegmentShare share)
    {
        Ensure.That(IsInUse, "only who has a segment can share it");
        if (!CanShare(share))
        {
            return VmStatus.Refused;
        }

        Shares++;
        _writeShares += share.WritesFrames ? 1 : 0;
        _executeShares += share.Rights.CanExecute ? 1 : 0;
        return VmStatus.Done;
    }

    /// <summary>Ends a share; mappings that were made by it are ended by themselves.</summary>
    public void EndShare(in SegmentShare share)
    {
        Ensure.That(Shares != 0, "a share ends once");
        Shares--;
        _writeShares -= share.WritesFrames ? 1 : 0;
        _executeShares -= share.Rights.CanExecute ? 1 : 0;
        Ensure.That(_writeShares >= 0 && _executeShares >= 0, "a share ends as it began");
        EndIfUnused();
    }

    /// <summary>Ends the claim of the owner, whoever that is by now.</summary>
    public void EndOwner()
    {
        Ensure.That(_hasOwner, "an owner leaves once");
        _hasOwner = false;
        EndIfUnused();
    }

    /// <summary>
    /// Gives back the frames of a segment that is used once, before it ends, as far as the budget
    /// allows. Whoever has it must not use it any more.
    /// </summary>
    /// <returns>Whether all are; else this is to be called again.</returns>
    public virtual bool TryEmpty(ref WorkBudget budget) => true;

    /// <summary>
    /// Whether a mapping may have these rights, by the other roads to the segment. Execution of
    /// what is not code needs <see cref="TryMakeExecutable"/> as well.
    /// </summary>
    internal bool CanMap(PageRights rights, MappingMode mode)
    {
        if (rights == PageRights.None)
        {
            return false;
        }

        if (rights.CanExecute)
        {
            bool isAlone = Mappings == 0 && _writeShares == 0;
            return mode != MappingMode.CopyOnWrite && MayExecute
                && (State == SegmentState.Executable || isAlone);
        }

        if (!rights.CanWrite)
        {
            return true;
        }

        return mode == MappingMode.CopyOnWrite
            ? MayCopy && State != SegmentState.Executable
            : State == SegmentState.Writable && _executeShares == 0 && !CopiesWrites;
    }

    /// <summary>
    /// Makes it code for good; nothing maps it. What is there is sealed by
    /// <see cref="TryGoOnSealing"/>. False if there is too little memory: then nothing has changed.
    /// </summary>
    internal abstract bool TryMakeExecutable();

    /// <summary>
    /// Takes over pages of a space that it was made of, as far as the budget allows.
    /// </summary>
    /// <returns>
    /// Whether all are; until then none is mapped elsewhere, and the mapping that they are in
    /// stays.
    /// </returns>
    internal virtual bool TryGoOnTakingOver(ref WorkBudget budget) => true;

    /// <summary>
    /// Seals frames of what has become code, as far as the budget allows.
    /// </summary>
    /// <returns>Whether all are; until then no page of it is mapped.</returns>
    internal virtual bool TryGoOnSealing(ref WorkBudget budget) => true;

    /// <summary>Goes on with both, as far as the budget allows.</summary>
    /// <returns>Whether nothing is left.</returns>
    // Each fault asks: where nothing is left, it is no more than a look.
    internal bool TryFinish(ref WorkBudget budget)
    {
        if (IsUnfinished)
        {
            IsUnfinished = !TryGoOnTakingOver(ref budget) || !TryGoOnSealing(ref budget);
        }

        return !IsUnfinished;
    }

    /// <summary>Counts a mapping; it is the newest.</summary>
    internal void Add(SegmentRegion<TMemory> mapping)
    {
        mapping.Age = ++_newest;
        AddCopy(mapping);
    }

    /// <summary>
    /// Counts a mapping that is another's copy in a copied space: it is as old as that one.
    /// </summary>
    internal void AddCopy(SegmentRegion<TMemory> mapping)
    {
        Ensure.That(!HasEnded, "what has ended is not mapped");
        Mappings++;
        _writers += mapping.WritesFrames ? 1 : 0;
        _copies += mapping.Mode == MappingMode.CopyOnWrite ? 1 : 0;
    }

    /// <summary>A mapping is gone, and its pages were unmapped.</summary>
    internal void Remove(SegmentRegion<TMemory> mapping)
    {
        Ensure.That(Mappings != 0, "a mapping ends once");
        Mappings--;
        _writers -= mapping.WritesFrames ? 1 : 0;
        _copies -= mapping.Mode == MappingMode.CopyOnWrite ? 1 : 0;
        EndIfUnused();
    }

    /// <summary>Whether its memory can be code at all.</summary>
    private protected abstract bool MayExecute { get; }

    /// <summary>Whether its memory can be copied.</summary>
    private protected abstract bool MayCopy { get; }

    /// <summary>Gives all back.</summary>
    private protected abstract void End();

    private bool CanShare(in SegmentShare share)
    {
        Ensure.That(share.Mode != MappingMode.Original, "what is shared is mapped anew");
        if (share.Rights.CanExecute)
        {
            bool isUnwritten = _writers == 0 && _copies == 0 && _writeShares == 0;
            return share.Mode != MappingMode.CopyOnWrite && MayExecute
                && (State == SegmentState.Executable || isUnwritten);
        }

        return CanMap(share.Rights, share.Mode);
    }

    private void EndIfUnused()
    {
        if (Mappings == 0 && !IsInUse)
        {
            HasEnded = true;
            ulong pages = ChargedPages;
            ulong nodes = ChargedNodes;
            End();
            Payer.Return(Resource.CommittedBytes, pages * ObjectBytes.Page);
            Return(Payer, nodes);
        }
    }

    private static ulong BytesWith(ulong nodes) =>
        ObjectBytes.Segment + (nodes * ObjectBytes.Page);
}
