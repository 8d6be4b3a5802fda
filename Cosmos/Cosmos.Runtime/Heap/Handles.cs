using System.Runtime;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>What a handle does to its object.</summary>
internal enum HandleKind : uint
{
    /// <summary>Cleared as soon as nothing else holds the object.</summary>
    WeakShort = 0,

    /// <summary>Cleared once the object's finaliser has run as well.</summary>
    WeakLong = 1,

    /// <summary>Holds the object.</summary>
    Normal = 2,

    /// <summary>Holds the object in its place; nothing ever moves here.</summary>
    Pinned = 3,

    /// <summary>Holds a second object as long as the first one is held.</summary>
    Dependent = 6,

    /// <summary>Not in use.</summary>
    Free = 7,
}

/// <summary>One handle. CoreLib reads the object through the handle's address.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Handle
{
    internal nint Object;
    internal nint Secondary;
    internal HandleKind Kind;
    internal Handle* NextFree;
}

/// <summary>The table of handles, in pages that stay.</summary>
internal static unsafe class Handles
{
    private const int PageBytes = 4096;

    private static PageList<nint> _pages;
    private static Handle* _free;

    /// <summary>Number of slots, in use or not.</summary>
    internal static int Count => _pages.Count * PerPage;

    private static int PerPage => PageBytes / sizeof(Handle);

    /// <summary>A slot by number.</summary>
    internal static Handle* At(int index) => (Handle*)_pages[index / PerPage] + (index % PerPage);

    [RuntimeExport("RhpHandleAlloc")]
    private static Handle* Allocate(nint reference, HandleKind kind) =>
        Take(reference, 0, kind);

    [RuntimeExport("RhpHandleAllocDependent")]
    private static Handle* AllocateDependent(nint primary, nint secondary) =>
        Take(primary, secondary, HandleKind.Dependent);

    [RuntimeExport("RhHandleFree")]
    private static void FreeHandle(Handle* handle)
    {
        handle->Object = 0;
        handle->Secondary = 0;
        handle->Kind = HandleKind.Free;
        handle->NextFree = _free;
        _free = handle;
    }

    [RuntimeExport("RhHandleSet")]
    private static void Set(Handle* handle, nint reference)
    {
        handle->Object = reference;
        StoreLog.Add(reference);
    }

    [RuntimeExport("RhHandleGetDependent")]
    private static nint GetDependent(Handle* handle, nint* secondary)
    {
        *secondary = handle->Secondary;
        return handle->Object;
    }

    [RuntimeExport("RhHandleSetDependentSecondary")]
    private static void SetSecondary(Handle* handle, nint secondary)
    {
        handle->Secondary = secondary;
        StoreLog.Add(secondary);
    }

    private static Handle* Take(nint reference, nint secondary, HandleKind kind)
    {
        if (_free == null && !AddPage())
            return null;
        Handle* handle = _free;
        _free = handle->NextFree;
        *handle = new Handle { Object = reference, Secondary = secondary, Kind = kind };
        StoreLog.Add(reference);
        StoreLog.Add(secondary);
        return handle;
    }

    private static bool AddPage()
    {
        Handle* page = (Handle*)Platform.AllocatePages(PageBytes);
        if (page == null || !_pages.Add((nint)page))
            return false;
        for (int i = 0; i < PerPage; i++)
            FreeHandle(page + i);
        return true;
    }
}
