using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Frames kept back for an address space, so that memory which it was given can be touched
/// whatever others do: one for every page of its demand regions that is not there yet, and as
/// many for page tables as those regions could need at most.
/// </summary>
internal struct FramePromise<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private readonly FrameAllocator<TMemory> _frames;
    private readonly PageTable<TMemory> _table;
    private ulong _tablesOwed;
    private ulong _tablesKept;

    internal FramePromise(FrameAllocator<TMemory> frames, PageTable<TMemory> table)
    {
        _frames = frames;
        _table = table;
    }

    /// <summary>Frames kept for pages.</summary>
    internal ulong Pages { get; private set; }

    /// <summary>All frames that are kept.</summary>
    internal readonly ulong All => Pages + _tablesKept;

    /// <summary>Page tables that a range can need below the root.</summary>
    internal static ulong TablesFor(PageRange range, int levels)
    {
        ulong tables = 0;
        ulong first = range.First.Number;
        ulong last = range.Last.Number;
        for (int level = 1; level < levels; level++)
        {
            first >>= 9;
            last >>= 9;
            tables += last - first + 1;
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
        _tablesOwed += tables;
        _tablesKept += tables;
        return true;
    }

    /// <summary>A region or a part of one is gone, with so many pages that were not there.</summary>
    internal void End(ulong pages, ulong tables)
    {
        Pages -= pages;
        _frames.Unreserve(pages);
        _tablesOwed -= tables;
        Settle();
    }

    /// <summary>Nothing more will be needed.</summary>
    internal void EndAll()
    {
        _frames.Unreserve(All);
        this = new FramePromise<TMemory>(_frames, _table);
    }

    /// <summary>Pages got their frames from what was kept.</summary>
    internal void Use(ulong pages) => Pages -= pages;

    /// <summary>Lets the page tables grow from what is kept; ends with Close.</summary>
    internal readonly void Open() => _frames.Unreserve(_tablesKept);

    /// <summary>
    /// Keeps what the regions can still need for tables, after the tables changed.
    /// </summary>
    internal void Close()
    {
        _tablesKept = Needed;
        Ensure.That(_frames.TryReserve(_tablesKept), "no more tables were used than promised");
    }

    private readonly ulong Needed =>
        _tablesOwed > _table.Tables ? _tablesOwed - _table.Tables : 0;

    private void Settle()
    {
        Open();
        Close();
    }
}
