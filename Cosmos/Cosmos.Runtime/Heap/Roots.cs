using System.Runtime;

namespace Cosmos.Runtime.Heap;

/// <summary>Where references to objects are, outside of objects and handles.</summary>
internal static unsafe class Roots
{
    private static PageList<nint> _slots;
    private static PageList<FrozenSegment> _frozen;

    private struct FrozenSegment
    {
        internal byte* Start;
        internal byte* End;
    }

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
        for (int i = 0; i < _frozen.Count; i++)
            MarkFrozen(_frozen[i]);
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
        return _frozen.Add(new FrozenSegment { Start = start, End = start + used })
            ? _frozen.Count
            : 0;
    }

    // Objects in the image are never freed; what they refer to lives with them.
    private static void MarkFrozen(FrozenSegment segment)
    {
        byte* at = segment.Start;
        while (at + sizeof(ObjectHeader) <= segment.End)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            if (block->Type == null)
                return;
            if (block->Type->HasReferences)
                Marker.Mark(ObjectHeader.Reference(block));
            at += ObjectHeader.SizeOf(block);
        }
    }
}
