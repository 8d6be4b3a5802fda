using System.Runtime;

namespace Cosmos.Runtime.Heap;

/// <summary>Where references to objects are, outside of objects and handles.</summary>
internal static unsafe class Roots
{
    // About what it costs to look at one, and to mark what it refers to.
    private const int RootCost = 90;

    private static PageList<nint> _slots;

    // The image's own objects that have references: they are never freed, so they are roots.
    private static PageList<nint> _imageObjects;

    private static int _nextSlot;
    private static int _nextHandle;
    private static int _nextReady;
    private static int _nextImageObject;

    /// <summary>Makes a variable a root for good.</summary>
    internal static void Add(nint* slot)
    {
        if (!_slots.Add((nint)slot))
            Platform.Fail("No memory for a root of the collector.");
        StoreLog.Add(*slot);
    }

    /// <summary>Number of the image's own objects that have references.</summary>
    internal static int ImageObjectCount => _imageObjects.Count;

    /// <summary>One of them.</summary>
    internal static nint ImageObjectAt(int index) => _imageObjects[index];

    /// <summary>Whether all that they refer to is marked, for a check.</summary>
    internal static bool AreMarked
    {
        get
        {
            bool all = true;
            for (int i = 0; i < _slots.Count; i++)
                all &= IsMarked(*(nint*)_slots[i]);
            for (int i = 0; i < Handles.Count; i++)
            {
                Handle* handle = Handles.At(i);
                if (handle->Kind is HandleKind.Normal or HandleKind.Pinned)
                    all &= IsMarked(handle->Object);
            }
            for (int i = 0; i < Finalizers.ReadyCount; i++)
                all &= IsMarked(Finalizers.ReadyAt(i));
            return all;
        }
    }

    /// <summary>Begins a collection: nothing has been looked at.</summary>
    internal static void Begin()
    {
        _nextSlot = 0;
        _nextHandle = 0;
        _nextReady = 0;
        _nextImageObject = 0;
    }

    /// <summary>
    /// Marks what variables, handles and the image's own objects refer to, as far as the budget
    /// goes. What changes behind it is the write barrier's business.
    /// </summary>
    /// <returns>Whether all were looked at.</returns>
    internal static bool Mark(ref WorkBudget budget)
    {
        for (; _nextSlot < _slots.Count && !budget.IsSpent; _nextSlot++)
            MarkOne(*(nint*)_slots[_nextSlot], ref budget);
        for (; _nextHandle < Handles.Count && !budget.IsSpent; _nextHandle++)
        {
            Handle* handle = Handles.At(_nextHandle);
            bool holds = handle->Kind is HandleKind.Normal or HandleKind.Pinned;
            MarkOne(holds ? handle->Object : 0, ref budget);
        }
        for (; _nextReady < Finalizers.ReadyCount && !budget.IsSpent; _nextReady++)
            MarkOne(Finalizers.ReadyAt(_nextReady), ref budget);
        for (; _nextImageObject < _imageObjects.Count && !budget.IsSpent; _nextImageObject++)
            MarkOne(_imageObjects[_nextImageObject], ref budget);
        return _nextImageObject >= _imageObjects.Count && !budget.IsSpent;
    }

    private static bool IsMarked(nint reference) => reference == 0 || Marker.IsMarked(reference);

    private static void MarkOne(nint reference, ref WorkBudget budget)
    {
        budget.Spend(RootCost);
        Marker.Mark(reference);
    }

    [RuntimeExport("RhRegisterInlinedThreadStaticRoot")]
    private static void AddThreadStatics(nint* slot, nint module)
    {
        _ = module;
        Add(slot);
    }

    [RuntimeExport("RhRegisterFrozenSegment")]
    private static nint AddFrozenSegment(
        byte* start, nuint used, nuint committed, nuint reserved)
    {
        _ = committed;
        _ = reserved;
        byte* end = start + used;
        byte* at = start;
        while (at + sizeof(ObjectHeader) <= end && ((ObjectHeader*)at)->Type != null)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            if (block->Type->HasReferences && !_imageObjects.Add(ObjectHeader.Reference(block)))
                Platform.Fail("No memory for the list of the image's objects.");
            at += ObjectHeader.SizeOf(block);
        }
        // A handle that is not zero: nothing takes a segment away again.
        return 1;
    }
}
