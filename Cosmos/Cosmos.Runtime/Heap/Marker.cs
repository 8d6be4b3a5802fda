using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>Finds what is alive, from roots along references, without recursion.</summary>
internal static unsafe class Marker
{
    // Longer objects are followed in parts of so many bytes.
    private const nint PartBytes = 4096;

    // About what it costs to follow an object, to look at one of its words, and to mark one.
    private const int ObjectCost = 70;
    private const int WordCost = 10;
    private const int MarkCost = 60;

    // Blocks that are looked at in one step of the search for what was not followed, and about
    // what that costs.
    private const int SearchedBlocks = 32;
    private const int SearchCost = 600;

    // Where the search for what was marked and not followed has got to; null while there is none.
    private static byte* _searched;

    private struct Marking : IReferenceVisitor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Visit(nint reference) => Mark(reference);
    }

    /// <summary>Bytes of the objects marked since the collection began.</summary>
    internal static nuint MarkedBytes { get; private set; }

    /// <summary>How many objects that is.</summary>
    internal static ulong MarkedObjects { get; private set; }

    /// <summary>Whether something that is marked may still have to be followed.</summary>
    internal static bool HasWork =>
        !MarkStack.IsEmpty || !StoreLog.IsEmpty || _searched != null
        || MarkStack.Overflowed || StoreLog.Overflowed;

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

    /// <summary>Follows references until nothing new is found or the budget is spent.</summary>
    /// <returns>Whether all that is marked has been followed.</returns>
    internal static bool Drain(ref WorkBudget budget)
    {
        while (!budget.IsSpent)
        {
            if (!MarkStack.IsEmpty)
                Follow(MarkStack.Pop(out nint from), from, ref budget);
            else if (!StoreLog.IsEmpty)
                FollowStored(StoreLog.Take(), ref budget);
            else if (_searched != null)
                SearchOn(ref budget);
            else if (MarkStack.Overflowed || StoreLog.Overflowed)
                BeginSearch();
            else
                return true;
        }
        return !HasWork;
    }

    private static void MarkNew(nint reference, ObjectHeader* block)
    {
        block->Mark = Collector.Epoch;
        Count(block);
        if (block->Type->HasReferences && !MarkStack.TryPush(reference, 0))
            MarkStack.Overflowed = true;
    }

    private static void Count(ObjectHeader* block)
    {
        MarkedBytes += ObjectHeader.SizeOf(block);
        MarkedObjects++;
    }

    // A barrier has marked it.
    private static void FollowStored(nint reference, ref WorkBudget budget)
    {
        ObjectHeader* block = ObjectHeader.Of(reference);
        Count(block);
        budget.Spend(MarkCost);
        if (block->Type->HasReferences)
            Follow(reference, 0, ref budget);
    }

    private static void Follow(nint reference, nint from, ref WorkBudget budget)
    {
        nint to = ObjectHeader.BytesBehindReference(reference);
        // Without memory to note the rest it is all done now.
        if (to - from > PartBytes && MarkStack.TryPush(reference, from + PartBytes))
            to = from + PartBytes;
        ulong before = MarkedObjects;
        ReferenceMap.Visit<Marking>(reference, from, to);
        long marked = (long)(MarkedObjects - before);
        budget.Spend(
            ObjectCost + ((to - from) / sizeof(nint) * WordCost) + (marked * MarkCost));
    }

    private static void BeginSearch()
    {
        MarkStack.Overflowed = false;
        StoreLog.Overflowed = false;
        _searched = (byte*)1;
    }

    // What there was no room for is marked but not followed: follows everything marked again, to
    // the next object that is marked or some blocks further on.
    private static void SearchOn(ref WorkBudget budget)
    {
        budget.Spend(SearchCost);
        Region* region = RegionIndex.FirstEndingAbove(_searched);
        if (region == null)
        {
            _searched = null;
            return;
        }
        nuint size = region->BlockSize;
        byte* at = _searched > region->Start ? (byte*)region->BlockAt(_searched) : region->Start;
        for (int i = 0; i < SearchedBlocks && at + size <= region->End; i++)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            at += size;
            if (block->Type == null || block->Mark != Collector.Epoch
                || !block->Type->HasReferences)
                continue;
            _searched = at;
            Follow(ObjectHeader.Reference(block), 0, ref budget);
            return;
        }
        // A rest that is too short for a block is passed by.
        _searched = at + size <= region->End ? at : region->End;
    }
}
