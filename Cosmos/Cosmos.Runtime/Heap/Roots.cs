using System.Runtime;

namespace Cosmos.Runtime.Heap;

/// <summary>Where references to objects are, outside of objects and handles.</summary>
internal static unsafe class Roots
{
    private static PageList<nint> _slots;

    // The image's own objects that have references: they are never freed, so they are roots.
    private static PageList<nint> _imageObjects;

    /// <summary>Makes a variable a root for good.</summary>
    internal static void Add(nint* slot)
    {
        if (!_slots.Add((nint)slot))
            Platform.Fail("No memory for a root of the collector.");
    }

    /// <summary>Marks what variables, handles and the image's own objects refer to.</summary>
    internal static void Mark()
    {
        for (int i = 0; i < _slots.Count; i++)
            Marker.Mark(*(nint*)_slots[i]);
        for (int i = 0; i < Handles.Count; i++)
        {
            Handle* handle = Handles.At(i);
            if (handle->Kind is HandleKind.Normal or HandleKind.Pinned)
                Marker.Mark(handle->Object);
        }
        Finalizers.MarkReady();
        for (int i = 0; i < _imageObjects.Count; i++)
            Marker.Mark(_imageObjects[i]);
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
