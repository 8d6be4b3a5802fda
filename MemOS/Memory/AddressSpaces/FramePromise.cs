using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Frames kept back for an address space and its family, so that memory which it was given can be
/// touched whatever others do: those for the pages of its own that are not there yet, and those for
/// every page table that its regions can need and that is not there yet. A table is counted once
/// however many regions share it, so giving pages back never needs more than before; what spaces
/// share after a fork is there once, and what each of them needs is kept for the others.
/// </summary>
internal struct FramePromise<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    /// <summary>
    /// Stands for the last page below where there is none; it shares no table with any.
    /// </summary>
    internal const ulong NothingBelow = 1ul << 60;

    /// <summary>Stands for the first page above where there is none.</summary>
    internal const ulong NothingAbove = 1ul << 61;

    private const int TableBits = 9;

    private readonly FrameAllocator<TMemory> _frames;
    private readonly PageTable<TMemory> _table;
    private readonly Purse _purse;

    internal FramePromise(
        FrameAllocator<TMemory> frames, PageTable<TMemory> table, Purse purse)
    {
        _frames = frames;
        _table = table;
        _purse = purse;
    }

    /// <summary>Frames that the regions can need for pages, there or not.</summary>
    internal ulong Pages { get; private set; }

    /// <summary>Tables below the root that the regions can need, there or not.</summary>
    internal ulong Tables { get; private set; }

    /// <summary>Frames that are kept for the regions that come next.</summary>
    internal ulong Ahead { get; private set; }

    /// <summary>All frames that the space can need.</summary>
    internal readonly ulong Needed => Pages + Tables;

    /// <summary>All frames that are kept, for the family.</summary>
    internal readonly ulong All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            TableFamily family = _table.Family;
            Ensure.That(
                family.Tables <= family.TablesNeeded && family.FramesTaken <= family.FramesNeeded,
                "no more was used than promised");
            return family.TablesNeeded - family.Tables + family.FramesNeeded
                - family.FramesTaken + Ahead;
        }
    }

    /// <summary>
    /// Tables below the root that a range can need and its neighbours can not.
    /// </summary>
    /// <param name="range">Not empty.</param>
    /// <param name="lastBelow">The last page of the region below, or NothingBelow.</param>
    /// <param name="firstAbove">The first page of the region above, or NothingAbove.</param>
    /// <param name="levels">Levels of tables, the root among them.</param>
    internal static ulong TablesFor(
        PageRange range, ulong lastBelow, ulong firstAbove, int levels)
    {
        ulong first = range.First.Number;
        ulong last = range.EndNumber - 1;
        if ((first ^ last) >> TableBits == 0)
        {
            // One table a level, up to where the path of the nearer neighbour joins.
            ulong apart = Math.Min(first ^ lastBelow, last ^ firstAbove);
            return (ulong)Math.Min(levels - 1, BitOperations.Log2(apart) / TableBits);
        }

        ulong tables = 0;
        ulong below = lastBelow;
        ulong above = firstAbove;
        for (int level = 1; level < levels; level++)
        {
            first >>= TableBits;
            last >>= TableBits;
            below >>= TableBits;
            above >>= TableBits;
            ulong from = below == first ? first + 1 : first;
            ulong end = above == last ? last : last + 1;
            tables += end > from ? end - from : 0;
        }

        return tables;
    }

    /// <summary>
    /// Keeps frames for regions that are yet to come, whatever others take until then, and charges
    /// them as memory of the program. For a space without a family.
    /// </summary>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    internal VmStatus KeepAhead(ulong frames)
    {
        if (!_purse.TryTake(Resource.CommittedBytes, frames * ObjectBytes.Page))
        {
            return VmStatus.OverLimit;
        }

        if (!_frames.TryReserve(frames))
        {
            _purse.Return(Resource.CommittedBytes, frames * ObjectBytes.Page);
            return VmStatus.OutOfMemory;
        }

        Ahead += frames;
        return VmStatus.Done;
    }

    /// <summary>What is left of the frames that were kept ahead is for anyone again.</summary>
    internal void EndAhead()
    {
        _frames.Unreserve(Ahead);
        _purse.Return(Resource.CommittedBytes, Ahead * ObjectBytes.Page);
        Ahead = 0;
    }

    /// <summary>
    /// Keeps frames for a new region, of those that are kept ahead first, and charges them.
    /// </summary>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    internal VmStatus Make(ulong pages, ulong tables)
    {
        if (Ahead != 0)
        {
            return MakeOfAhead(pages, tables);
        }

        if (!TryCharge(pages, tables))
        {
            return VmStatus.OverLimit;
        }

        if (!_frames.TryReserve(pages + tables))
        {
            Return(pages, tables);
            return VmStatus.OutOfMemory;
        }

        Add(pages, tables);
        return VmStatus.Done;
    }

    // What was kept ahead was charged, and what it is used for is charged in its place.
    private VmStatus MakeOfAhead(ulong pages, ulong tables)
    {
        ulong frames = Ahead;
        ulong rest = frames - Math.Min(frames, pages + tables);
        EndAhead();
        VmStatus status = Make(pages, tables);
        VmStatus kept = KeepAhead(status == VmStatus.Done ? rest : frames);
        Ensure.That(kept == VmStatus.Done, "what was kept ahead can be kept again");
        return status;
    }

    /// <summary>Charges as much as all that is promised, for a copy of the space.</summary>
    internal readonly bool TryChargeCopy(Purse purse) => TryCharge(purse, Pages, Tables);

    /// <summary>Takes the charge for a copy back.</summary>
    internal readonly void ReturnCopy(Purse purse) => Return(purse, Pages, Tables);

    /// <summary>
    /// Promises the same as another, of the same family; the frames are kept, and charged.
    /// </summary>
    internal void Repeat(in FramePromise<TMemory> other) => Add(other.Pages, other.Tables);

    /// <summary>
    /// Lets all that is kept be taken; ends with Close. Until then no one else may take frames,
    /// and no managed memory may be allocated, as the kernel's heap takes frames.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Open() => _frames.Unreserve(All);

    /// <summary>Keeps what the regions can still need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Close() =>
        Ensure.That(_frames.TryReserve(All), "what was kept can be kept again");

    /// <summary>Frames kept for pages are taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Use(ulong pages)
    {
        _frames.Unreserve(pages);
        _table.Family.FramesTaken += pages;
    }

    /// <summary>Frames taken for pages came back.</summary>
    internal readonly void Return(ulong pages)
    {
        Ensure.That(_frames.TryReserve(pages), "a frame that came back can be kept again");
        _table.Family.FramesTaken -= pages;
    }

    /// <summary>
    /// Pages are someone else's from now on, with what was kept for those that are not there, and
    /// with the charge for them.
    /// </summary>
    /// <param name="pages">Frames that could be needed for all of them.</param>
    /// <param name="there">Those that were taken.</param>
    internal void HandOn(ulong pages, ulong there)
    {
        Add(0 - pages, 0);
        _table.Family.FramesTaken -= there;
    }

    /// <summary>
    /// Pages that are no longer mapped are needed no more; between Open and Close.
    /// </summary>
    /// <param name="pages">Frames that could be needed for them.</param>
    /// <param name="tables">Tables that only they could need.</param>
    internal void End(ulong pages, ulong tables)
    {
        Ensure.That(pages <= Pages && tables <= Tables, "only what is promised ends");
        Add(0 - pages, 0 - tables);
        Return(pages, tables);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryCharge(ulong pages, ulong tables) =>
        TryCharge(_purse, pages, tables);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Return(ulong pages, ulong tables) => Return(_purse, pages, tables);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCharge(Purse purse, ulong pages, ulong tables)
    {
        if (!purse.TryTake(Resource.CommittedBytes, pages * ObjectBytes.Page))
        {
            return false;
        }

        if (purse.TryTake(Resource.KernelBytes, tables * ObjectBytes.Page))
        {
            return true;
        }

        purse.Return(Resource.CommittedBytes, pages * ObjectBytes.Page);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Return(Purse purse, ulong pages, ulong tables)
    {
        purse.Return(Resource.CommittedBytes, pages * ObjectBytes.Page);
        purse.Return(Resource.KernelBytes, tables * ObjectBytes.Page);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong pages, ulong tables)
    {
        Pages += pages;
        Tables += tables;
        _table.Family.FramesNeeded += pages;
        _table.Family.TablesNeeded += tables;
    }
}
