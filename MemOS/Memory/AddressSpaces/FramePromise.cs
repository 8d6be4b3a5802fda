using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Frames kept back for an address space, so that memory which it was given can be touched
/// whatever others do: those for the pages of its demand regions that are not there yet, and those
/// for every page table that its regions can need and that is not there yet. A table is counted
/// once however many regions share it, so giving pages back never needs more than before.
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

    /// <summary>Frames kept for pages.</summary>
    internal ulong Pages { get; private set; }

    /// <summary>Tables below the root that the regions can need, there or not.</summary>
    internal ulong Tables { get; private set; }

    /// <summary>All frames that are kept.</summary>
    internal readonly ulong All => Pages + MissingTables;

    private readonly ulong MissingTables
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Ensure.That(_table.Tables <= Tables, "no more tables were used than promised");
            return Tables - _table.Tables;
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

    /// <summary>Keeps frames for a new region; false if there are too few.</summary>
    internal bool TryMake(ulong pages, ulong tables)
    {
        if (!_frames.TryReserve(pages + tables))
        {
            return false;
        }

        Pages += pages;
        Tables += tables;
        return true;
    }

    /// <summary>
    /// Lets the page tables grow from what is kept; ends with Close. Until then no one else may
    /// take frames, and no managed memory may be allocated, as the kernel's heap takes frames.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Open() => _frames.Unreserve(MissingTables);

    /// <summary>Keeps what the regions can still need for tables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Close() =>
        Ensure.That(_frames.TryReserve(MissingTables), "what was kept can be kept again");

    /// <summary>Frames kept for pages are taken, or given up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Use(ulong pages)
    {
        _frames.Unreserve(pages);
        Pages -= pages;
    }

    /// <summary>Frames kept for pages are kept by someone else from now on.</summary>
    internal void HandOn(ulong pages)
    {
        Ensure.That(pages <= Pages, "only what is kept is handed on");
        Pages -= pages;
    }

    /// <summary>Frames taken for pages came back.</summary>
    internal void Return(ulong pages)
    {
        Ensure.That(_frames.TryReserve(pages), "a frame that came back can be kept again");
        Pages += pages;
    }

    /// <summary>
    /// Pages that are no longer mapped are no one's any more; between Open and Close.
    /// </summary>
    /// <param name="pages">Frames kept for those that were never there.</param>
    /// <param name="tables">Tables that only they could need.</param>
    internal void End(ulong pages, ulong tables)
    {
        Use(pages);
        Tables -= tables;
    }

    /// <summary>Nothing more will be needed; the tables are released next.</summary>
    internal void EndAll()
    {
        _frames.Unreserve(All);
        Pages = 0;
        Tables = 0;
    }
}
