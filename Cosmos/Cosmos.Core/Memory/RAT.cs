using System;
using Cosmos.Core.Panics;

namespace Cosmos.Core.Memory;

/// <summary>
/// The RAM allocation table: hands out physical pages of a plain kernel, at their identity-mapped
/// addresses. One byte a page tells what the page is.
/// </summary>
/// <remarks>
/// Sets itself up when first used, so that a kernel which manages memory by itself never has a
/// page taken by it.
/// </remarks>
public static unsafe partial class RAT
{
    /// <summary>Bytes of a page.</summary>
    public const uint PageSize = 4096;

    private static byte* _table;
    private static uint _pages;
    private static uint _free;

    // No page below this one is free.
    private static uint _firstFree;

    /// <summary>Pages that the table describes, usable or not.</summary>
    public static uint TotalPageCount => Ready ? _pages : 0;

    /// <summary>Pages that are free.</summary>
    public static uint FreePageCount => Ready ? _free : 0;

    /// <summary>First address that the table describes: physical memory starts at zero.</summary>
    public static byte* RamStart => null;

    /// <summary>Address after the last byte that the table describes.</summary>
    public static byte* HeapEnd => (byte*)((nuint)TotalPageCount * PageSize);

    /// <summary>Bytes that the table describes; the largest number where it is more.</summary>
    public static uint RamSize => (uint)Math.Min((ulong)TotalPageCount * PageSize, uint.MaxValue);

    /// <summary>The table: a <see cref="PageType"/> for each page.</summary>
    public static byte* mRAT => Ready ? _table : null;

    /// <summary>
    /// With fewer free pages than this, <see cref="AllocPages"/> has garbage collected first.
    /// </summary>
    public static int MinFreePages { get; set; } = -1;

    /// <summary>How often that happened.</summary>
    public static uint GCTriggered { get; set; }

    private static bool Ready
    {
        get
        {
            if (_table == null)
                Init();
            return true;
        }
    }

    /// <summary>
    /// Reads the memory map and builds the table; done by itself when first needed.
    /// </summary>
    public static void Init()
    {
        if (_table != null)
            return;
        RamLayout layout = RamLayout.Read();
        _pages = (uint)(layout.End / PageSize);
        _table = layout.PlaceTable(_pages);
        if (_table == null)
            Panic.Fail("There is no memory for the table of pages.");
        layout.Fill(_table, _pages);
        for (uint i = 0; i < _pages; i++)
            _free += _table[i] == (byte)PageType.Empty ? 1u : 0u;
    }

    /// <summary>Takes zeroed pages that lie side by side.</summary>
    /// <param name="aType">What for.</param>
    /// <param name="aPageCount">How many.</param>
    /// <returns>The first byte, or null when there is no such room.</returns>
    public static void* AllocPages(PageType aType, uint aPageCount = 1)
    {
        if (MinFreePages > FreePageCount)
        {
            Heap.Collect();
            GCTriggered++;
        }
        return TakePages(aType, aPageCount);
    }

    /// <summary>
    /// Takes zeroed pages and never collects: a collection may be what needs them.
    /// </summary>
    internal static void* TakePages(PageType aType, uint aPageCount)
    {
        if (!Ready || aPageCount == 0 || aPageCount > _free
            || !TryFind(aPageCount, out uint first))
            return null;
        _table[first] = (byte)aType;
        for (uint i = 1; i < aPageCount; i++)
            _table[first + i] = (byte)PageType.Extension;
        _free -= aPageCount;
        if (first == _firstFree)
            _firstFree = first + aPageCount;
        byte* start = (byte*)((nuint)first * PageSize);
        for (uint i = 0; i < aPageCount; i++)
            new Span<byte>(start + ((nuint)i * PageSize), (int)PageSize).Clear();
        return start;
    }

    /// <summary>How many pages allocations of a type have.</summary>
    public static uint GetPageCount(PageType aType) => GetPageCount((byte)aType);

    /// <summary>How many pages allocations of a type have.</summary>
    /// <param name="aType">A <see cref="PageType"/>; zero counts free pages.</param>
    public static uint GetPageCount(byte aType = 0)
    {
        uint count = 0;
        bool isInside = false;
        for (uint i = 0; i < TotalPageCount; i++)
        {
            isInside = _table[i] == aType
                || (isInside && _table[i] == (byte)PageType.Extension);
            count += isInside ? 1u : 0u;
        }
        return count;
    }

    /// <summary>How many pages are free.</summary>
    public static uint GetFreePageCount() => FreePageCount;

    /// <summary>The first byte of the page that an address is in.</summary>
    public static byte* GetPagePtr(void* aPtr) =>
        (byte*)((nuint)aPtr & ~(nuint)(PageSize - 1));

    /// <summary>What an allocation is used for.</summary>
    /// <param name="aPtr">An address in it.</param>
    public static PageType GetPageType(void* aPtr)
    {
        uint index = GetFirstRATIndex(aPtr);
        return index < _pages ? (PageType)_table[index] : PageType.Reserved;
    }

    /// <summary>Number of the first page of an allocation.</summary>
    /// <param name="aPtr">An address in it.</param>
    /// <returns>The page's number; beyond the table for an address that is not RAM.</returns>
    public static uint GetFirstRATIndex(void* aPtr)
    {
        nuint page = (nuint)aPtr / PageSize;
        if (!Ready || page >= _pages)
            return uint.MaxValue;
        uint index = (uint)page;
        while (index > 0 && _table[index] == (byte)PageType.Extension)
            index--;
        return index;
    }

    /// <summary>Gives an allocation back.</summary>
    /// <param name="aPageIdx">Number of its first page.</param>
    public static void Free(uint aPageIdx)
    {
        if (!Ready || aPageIdx >= _pages || !IsAllocation(_table[aPageIdx]))
            Panic.Fail("A page was freed that nobody had taken.");
        if (aPageIdx < _firstFree)
            _firstFree = aPageIdx;
        do
        {
            _table[aPageIdx++] = (byte)PageType.Empty;
            _free++;
        }
        while (aPageIdx < _pages && _table[aPageIdx] == (byte)PageType.Extension);
    }

    /// <summary>Gives an allocation back.</summary>
    /// <param name="aPtr">An address in it.</param>
    public static void Free(void* aPtr) => Free(GetFirstRATIndex(aPtr));

    /// <summary>Gives pages back that are an allocation, or the end of one.</summary>
    internal static void ReturnPages(byte* start, uint count)
    {
        uint first = (uint)((nuint)start / PageSize);
        if (first < _firstFree)
            _firstFree = first;
        for (uint i = 0; i < count; i++)
            _table[first + i] = (byte)PageType.Empty;
        _free += count;
    }

    private static bool IsAllocation(byte type) =>
        (PageType)type is not (PageType.Empty or PageType.Extension or PageType.Reserved
            or PageType.PageAllocator);

    private static bool TryFind(uint count, out uint first)
    {
        while (_firstFree < _pages && _table[_firstFree] != (byte)PageType.Empty)
            _firstFree++;
        uint run = 0;
        for (uint i = _firstFree; i < _pages; i++)
        {
            run = _table[i] == (byte)PageType.Empty ? run + 1 : 0;
            if (run == count)
            {
                first = i + 1 - count;
                return true;
            }
        }
        first = 0;
        return false;
    }
}
