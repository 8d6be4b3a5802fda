using System;
using System.Numerics;
using System.Runtime.CompilerServices;
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

    internal FramePromise(FrameAllocator<TMemory> frames, PageTable<TMemory> table)
    {
        _frames = frames;
        _table = table;
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
    /// Keeps frames for regions that are yet to come, whatever others take until then; false if
    /// there are too few. For a space without a family.
    /// </summary>
    internal bool TryKeepAhead(ulong frames)
    {
        bool isKept = _frames.TryReserve(frames);
        Ahead += isKept ? frames : 0;
        return isKept;
    }

    /// <summary>What is left of the frames that were kept ahead is for anyone again.</summary>
    internal void EndAhead()
    {
        _frames.Unreserve(Ahead);
        Ahead = 0;
    }

    /// <summary>
    /// Keeps frames for a new region, of those that are kept ahead first; false if there are too
    /// few.
    /// </summary>
    internal bool TryMake(ulong pages, ulong tables)
    {
        ulong ahead = Math.Min(Ahead, pages + tables);
        if (!_frames.TryReserve(pages + tables - ahead))
        {
            return false;
        }

        Ahead -= ahead;
        Add(pages, tables);
        return true;
    }

    /// <summary>Promises the same as another, of the same family; the frames are kept.</summary>
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
    /// Pages are someone else's from now on, with what was kept for those that are not there.
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
