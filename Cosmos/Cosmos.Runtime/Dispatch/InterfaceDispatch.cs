using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Dispatch;

/// <summary>The cell of one interface call site, as ILC lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DispatchCell
{
    /// <summary>What the call site calls; zero in the cell that ends a run of cells.</summary>
    internal nint Stub;

    /// <summary>
    /// A <see cref="DispatchCache"/>, or with the low bits set the interface's type. In the cell
    /// that ends a run: slot in bits 0-15, kind of the whole run from bit 16 up.
    /// </summary>
    internal nint Cache;
}

/// <summary>Types seen at a call site with their methods; entries follow the header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DispatchCache
{
    internal nint InterfaceType;
    internal ushort Slot;
    internal ushort Capacity;
    internal int Count;

    internal static DispatchEntry* Entries(DispatchCache* cache) => (DispatchEntry*)(cache + 1);
}

/// <summary>One type and where its implementation is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DispatchEntry
{
    internal nint Type;
    internal nint Target;
}

/// <summary>CoreLib's DispatchCellInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DispatchCellInfo
{
    internal int Kind;
    internal nint InterfaceType;
    internal ushort Slot;
    internal byte HasCache;
    internal uint MetadataToken;
    internal uint VTableOffset;
}

/// <summary>
/// Resolves interface calls with CoreLib's resolver and remembers the answers at the call site.
/// </summary>
public static unsafe class InterfaceDispatch
{
    private const int InterfaceAndSlot = 0;
    private const int TypeIsPointer = 1;
    private const int TypeIsIndirectRelative = 2;
    private const int TypeIsRelative = 3;
    private const int TypeMask = 3;

    // A site that sees more types than this replaces its entries in turn.
    private const int MostEntries = 32;

    /// <summary>How often a call had to be resolved because its type was new at its site.</summary>
    public static ulong Resolutions { get; private set; }

    [RuntimeExport("CosmosResolveDispatch")]
    private static nint Resolve(object instance, DispatchCell* cell)
    {
        Resolutions++;
        return ResolveInterfaceMethod(instance, cell);
    }

    [RuntimeExport("RhpGetDispatchCellInfo")]
    private static void GetCellInfo(DispatchCell* cell, DispatchCellInfo* info)
    {
        *info = default;
        if (CacheOf(cell) is var cache && cache != null)
        {
            info->InterfaceType = cache->InterfaceType;
            info->Slot = cache->Slot;
            info->HasCache = 1;
            return;
        }
        DispatchCell* last = cell;
        while (last->Stub != 0)
            last++;
        int kind = (int)(last->Cache >> 16);
        if (kind != InterfaceAndSlot)
            Platform.Fail("A dispatch cell of a kind that ahead-of-time images do not use.");
        info->Slot = (ushort)last->Cache;
        info->InterfaceType = InterfaceTypeOf(cell);
    }

    [RuntimeExport("RhpSearchDispatchCellCache")]
    private static nint Search(DispatchCell* cell, nint type)
    {
        DispatchCache* cache = CacheOf(cell);
        if (cache == null)
            return 0;
        DispatchEntry* entries = DispatchCache.Entries(cache);
        for (int i = 0; i < cache->Count; i++)
        {
            if (entries[i].Type == type)
                return entries[i].Target;
        }
        return 0;
    }

    [RuntimeExport("RhpUpdateDispatchCellCache")]
    private static nint Update(DispatchCell* cell, nint target, nint type, DispatchCellInfo* info)
    {
        DispatchCache* cache = CacheOf(cell);
        if (cache == null || (cache->Count == cache->Capacity && cache->Count < MostEntries))
        {
            DispatchCache* larger = Grow(cache, info);
            if (larger == null)
                return target;
            cache = larger;
        }
        int index = cache->Count < cache->Capacity
            ? cache->Count
            : (int)(Resolutions % MostEntries);
        DispatchCache.Entries(cache)[index] = new DispatchEntry { Type = type, Target = target };
        if (index == cache->Count)
            cache->Count++;
        // The cache first: the old stub works with either value, the new one only with a cache.
        cell->Cache = (nint)cache;
        cell->Stub = CachedDispatchAddress();
        return target;
    }

    [RuntimeExport("RhNewInterfaceDispatchCell")]
    private static DispatchCell* NewCell(nint interfaceType, int slot)
    {
        // A run of one: the cell and the cell that ends it.
        DispatchCell* run = (DispatchCell*)Arena.Take((nuint)(2 * sizeof(DispatchCell)));
        if (run == null)
            return null;
        run[0].Stub = InitialDispatchAddress();
        run[0].Cache = interfaceType | TypeIsPointer;
        run[1].Stub = 0;
        run[1].Cache = slot;
        return run;
    }

    private static DispatchCache* CacheOf(DispatchCell* cell) =>
        (cell->Cache & TypeMask) == 0 ? (DispatchCache*)cell->Cache : null;

    private static nint InterfaceTypeOf(DispatchCell* cell)
    {
        nint relative = ((nint)(&cell->Cache) + (int)cell->Cache) & ~TypeMask;
        return (int)(cell->Cache & TypeMask) switch
        {
            TypeIsPointer => cell->Cache & ~TypeMask,
            TypeIsRelative => relative,
            TypeIsIndirectRelative => *(nint*)relative,
            _ => 0,
        };
    }

    // The old cache stays behind in the arena; sizes double, so what is lost is bounded by what is
    // in use.
    private static DispatchCache* Grow(DispatchCache* old, DispatchCellInfo* info)
    {
        int capacity = old == null ? 1 : old->Capacity * 2;
        DispatchCache* cache = (DispatchCache*)Arena.Take(
            (nuint)(sizeof(DispatchCache) + capacity * sizeof(DispatchEntry)));
        if (cache == null)
            return null;
        cache->InterfaceType = info->InterfaceType;
        cache->Slot = info->Slot;
        cache->Capacity = (ushort)capacity;
        if (old == null)
            return cache;
        for (int i = 0; i < old->Count; i++)
            DispatchCache.Entries(cache)[i] = DispatchCache.Entries(old)[i];
        cache->Count = old->Count;
        return cache;
    }

    [RuntimeImport("*", "RhpResolveInterfaceMethod")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint ResolveInterfaceMethod(object instance, DispatchCell* cell);

    [RuntimeImport("*", "CosmosInitialDispatchAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint InitialDispatchAddress();

    [RuntimeImport("*", "CosmosCachedDispatchAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint CachedDispatchAddress();
}
