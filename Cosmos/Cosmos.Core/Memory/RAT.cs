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
    private static nuint _pages;
    private static nuint _free;

    // No page below this one is free.
    private static nuint _firstFree;

    /// <summary>Pages that the table describes, usable or not.</summary>
    public static nuint TotalPageCount => Ready ? _pages : 0;

    /// <summary>Pages that are free.</summary>
    public static nuint FreePageCount => Ready ? _free : 0;

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
        _pages = (nuint)(layout.End / PageSize);
        _table = layout.PlaceTable(_pages);
        if (_table == null)
            Panic.Fail("There is no memory for the table of pages.");
        layout.Fill(_table, _pages);
        for (nuint i = 0; i < _pages; i++)
            _free += _table[i] == (byte)PageType.Empty ? 1u : 0u;
    }

    /// <summary>Takes pages that lie side by side. Their content is what it was.</summary>
    /// <param name="aType">What for.</param>
    /// <param name="aPageCount">How many.</param>
    /// <returns>The first byte, or null when there is no such room.</returns>
    public static void* AllocPages(PageType aType, nuint aPageCount = 1)
    {
        if (!Ready || aPageCount == 0 || aPageCount > _free
            || !TryFind(aPageCount, out nuint first))
            return null;
        _table[first] = (byte)aType;
        for (nuint i = 1; i < aPageCount; i++)
            _table[first + i] = (byte)PageType.Extension;
        _free -= aPageCount;
        if (first == _firstFree)
            _firstFree = first + aPageCount;
        return (void*)(first * PageSize);
    }

    /// <summary>How many pages are of a type.</summary>
    public static nuint GetPageCount(PageType aType = PageType.Empty)
    {
        nuint count = 0;
        for (nuint i = 0; i < TotalPageCount; i++)
            count += _table[i] == (byte)aType ? 1u : 0u;
        return count;
    }

    /// <summary>How many pages are free.</summary>
    public static nuint GetFreePageCount() => FreePageCount;

    /// <summary>What an allocation is used for.</summary>
    /// <param name="aPtr">An address in it.</param>
    public static PageType GetPageType(void* aPtr)
    {
        nuint index = GetFirstRATIndex(aPtr);
        return index < _pages ? (PageType)_table[index] : PageType.Reserved;
    }

    /// <summary>Number of the first page of an allocation.</summary>
    /// <param name="aPtr">An address in it.</param>
    /// <returns>The page's number; beyond the table for an address that is not RAM.</returns>
    public static nuint GetFirstRATIndex(void* aPtr)
    {
        nuint index = (nuint)aPtr / PageSize;
        if (!Ready || index >= _pages)
            return nuint.MaxValue;
        while (index > 0 && _table[index] == (byte)PageType.Extension)
            index--;
        return index;
    }

    /// <summary>Gives an allocation back.</summary>
    /// <param name="aPageIdx">Number of its first page.</param>
    public static void Free(nuint aPageIdx)
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

    internal static byte* AllocZeroed(nuint bytes)
    {
        byte* start = (byte*)AllocPages(PageType.Unmanaged, bytes / PageSize);
        if (start == null)
            return null;
        for (nuint done = 0; done < bytes; done += PageSize)
            new Span<byte>(start + done, (int)PageSize).Clear();
        return start;
    }

    private static bool IsAllocation(byte type) =>
        (PageType)type is not (PageType.Empty or PageType.Extension or PageType.Reserved
            or PageType.PageAllocator);

    private static bool TryFind(nuint count, out nuint first)
    {
        while (_firstFree < _pages && _table[_firstFree] != (byte)PageType.Empty)
            _firstFree++;
        nuint run = 0;
        for (nuint i = _firstFree; i < _pages; i++)
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
