using System.Runtime;

namespace Cosmos.Runtime.Heap;

/// <summary>The write barrier of moves of many words, some of which are references.</summary>
internal static unsafe class BulkStores
{
    private struct Logging : IReferenceVisitor
    {
        public static void Visit(nint reference) => StoreLog.Add(reference);
    }

    // Called by WriteBarrier.asm while a collection marks in slices. The class library moves at
    // most 16 KB at a time, so this is no longer than the move by more than a few times.
    [RuntimeExport("CosmosBulkStored")]
    private static void Stored(byte* start, nuint bytes)
    {
        Region* region = RegionIndex.Find(start);
        if (region == null)
        {
            // A stack, or an object of the image: few words, of which nothing is known.
            LogWhatMayBeReferences((nint*)start, (nint*)(start + bytes));
            return;
        }
        ObjectHeader* block = region->BlockAt(start);
        // What is not marked is followed when it is, with what it holds by then.
        if (block->Mark != Collector.Epoch || !block->Type->HasReferences)
            return;
        nint reference = ObjectHeader.Reference(block);
        nint from = (nint)start - reference;
        ReferenceMap.Visit<Logging>(reference, from, from + (nint)bytes);
    }

    private static void LogWhatMayBeReferences(nint* slot, nint* end)
    {
        for (; slot < end; slot++)
        {
            byte* address = (byte*)*slot;
            Region* region = RegionIndex.Find(address);
            if (region == null)
                continue;
            ObjectHeader* block = region->BlockAt(address);
            bool isObject = ObjectHeader.Reference(block) == (nint)address
                && block->Type != null && !RawBlocks.IsRaw(block) && block->IsAlive;
            if (isObject)
                StoreLog.Add((nint)address);
        }
    }
}
