using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>Finds what is alive, from roots along references, without recursion.</summary>
internal static unsafe class Marker
{
    /// <summary>Bytes of the objects marked since the collection began.</summary>
    internal static nuint MarkedBytes { get; private set; }

    /// <summary>How many objects that is.</summary>
    internal static ulong MarkedObjects { get; private set; }

    /// <summary>Whether this collection has found an object alive.</summary>
    internal static bool IsMarked(nint reference) =>
        ObjectHeader.Of(reference)->Mark == Collector.Epoch;

    /// <summary>Begins a collection: nothing is marked yet.</summary>
    internal static void Begin()
    {
        MarkedBytes = 0;
        MarkedObjects = 0;
    }

    /// <summary>Marks an object; zero is allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Mark(nint reference)
    {
        if (reference == 0)
            return;
        ObjectHeader* block = ObjectHeader.Of(reference);
        if (block->Mark != Collector.Epoch)
            MarkNew(reference, block);
    }

    private static void MarkNew(nint reference, ObjectHeader* block)
    {
        block->Mark = Collector.Epoch;
        MarkedBytes += ObjectHeader.SizeOf(block);
        MarkedObjects++;
        if (block->Type->HasReferences)
            MarkStack.Push(reference);
    }

    /// <summary>Follows references until nothing new is found.</summary>
    internal static void Drain()
    {
        while (true)
        {
            while (!MarkStack.IsEmpty)
                ReferenceMap.MarkReferences(MarkStack.Pop());
            if (!MarkStack.Overflowed)
                return;
            MarkStack.Overflowed = false;
            RescanMarked();
        }
    }

    // What the stack had no room for is marked but not followed: follow everything marked again.
    private static void RescanMarked()
    {
        for (int i = 0; i < RegionIndex.Count; i++)
        {
            Region* region = RegionIndex.At(i);
            nuint size = region->BlockSize;
            for (byte* at = region->Start; at + size <= region->End; at += size)
            {
                ObjectHeader* block = (ObjectHeader*)at;
                if (block->Type == null || block->Mark != Collector.Epoch
                    || !block->Type->HasReferences)
                    continue;
                ReferenceMap.MarkReferences(ObjectHeader.Reference(block));
                while (!MarkStack.IsEmpty)
                    ReferenceMap.MarkReferences(MarkStack.Pop());
            }
        }
    }
}
