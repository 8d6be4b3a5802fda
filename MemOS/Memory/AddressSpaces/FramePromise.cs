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
    // Above all numbers of pages, also where they are shifted to numbers of tables.
    private const ulong NothingBelow = 1ul << 60;
    private const ulong NothingAbove = 1ul << 61;

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
        get
        {
            Ensure.That(_table.Tables <= Tables, "no more tables were used than promised");
            return Tables - _table.Tables;
        }
    }

    /// <summary>
    /// Tables below the root that a range can need and its neighbours can not: the last page of a
    /// region below it and the first of one above it.
    /// </summary>
    internal static ulong TablesFor(
        PageRange range, ulong? lastBelow, ulong? firstAbove, int levels)
    {
        ulong tables = 0;
        ulong first = range.First.Number;
        ulong last = range.EndNumber - 1;
        ulong below = lastBelow ?? NothingBelow;
        ulong above = firstAbove ?? NothingAbove;
        for (int level = 1; level < levels; level++)
        {
            first >>= 9;
            last >>= 9;
            below >>= 9;
            above >>= 9;
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

    /// <summary>Lets the page tables grow from what is kept; ends with Close.</summary>
    internal readonly void Open() => _frames.Unreserve(MissingTables);

    /// <summary>Keeps what the regions can still need for tables.</summary>
    internal readonly void Close() =>
        Ensure.That(_frames.TryReserve(MissingTables), "what was kept can be kept again");

    /// <summary>Frames kept for pages are taken, or given up.</summary>
    internal void Use(ulong pages)
    {
        _frames.Unreserve(pages);
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
