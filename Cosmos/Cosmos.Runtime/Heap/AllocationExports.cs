using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>Allocation as generated code and CoreLib call it.</summary>
internal static unsafe class AllocationExports
{
    private const nint LongestArray = 0x7FFF_FFC7;

    private enum Failure : byte
    {
        OutOfMemory = 0,
        Overflow = 1,
    }

    [RuntimeExport("RhpNewFast")]
    private static nint New(MethodTable* type)
    {
        ObjectHeader* block = ManagedHeap.TakeBlock(type->BaseSize);
        if (block == null)
            Fail(type, Failure.OutOfMemory);
        block->Type = type;
        return ObjectHeader.Reference(block);
    }

    [RuntimeExport("RhpNewFinalizable")]
    private static nint NewFinalizable(MethodTable* type)
    {
        // Who makes such objects also has those finalised that are dead, so they can't pile up.
        if (ManagedHeap.Mode == RootScan.StackAndStatics)
            Finalizers.RunReady();
        nint reference = New(type);
        if (!Finalizers.Register(reference))
            Fail(type, Failure.OutOfMemory);
        return reference;
    }

    [RuntimeExport("RhpNewArrayFast")]
    private static nint NewArray(MethodTable* type, nint length)
    {
        nint reference = TryNewArray(type, length);
        if (reference == 0)
            Fail(type, length is < 0 or > int.MaxValue ? Failure.Overflow : Failure.OutOfMemory);
        return reference;
    }

    [RuntimeExport("RhpNewPtrArrayFast")]
    private static nint NewReferenceArray(MethodTable* type, nint length) =>
        NewArray(type, length);

    [RuntimeExport("RhNewString")]
    private static nint NewString(MethodTable* type, nint length) => NewArray(type, length);

    [RuntimeExport("RhAllocateNewArray")]
    private static void AllocateArray(
        MethodTable* type, uint length, uint flags, nint* result)
    {
        _ = flags;
        *result = TryNewArray(type, (nint)length);
    }

    [RuntimeExport("RhAllocateNewObject")]
    private static void AllocateObject(MethodTable* type, uint flags, nint* result)
    {
        _ = flags;
        ObjectHeader* block = ManagedHeap.TakeBlock(type->BaseSize);
        *result = 0;
        if (block == null)
            return;
        block->Type = type;
        *result = ObjectHeader.Reference(block);
        if (type->HasFinalizer && !Finalizers.Register(*result))
            *result = 0;
    }

    private static nint TryNewArray(MethodTable* type, nint length)
    {
        if (length is < 0 or > LongestArray)
            return 0;
        nuint bytes = type->BaseSize + (type->ComponentSize * (nuint)length);
        ObjectHeader* block = ManagedHeap.TakeBlock((bytes + 7) & ~(nuint)7);
        if (block == null)
            return 0;
        block->Type = type;
        block->Length = (uint)length;
        return ObjectHeader.Reference(block);
    }

    private static void Fail(MethodTable* type, Failure failure)
    {
        FailedAllocation(type, failure);
        Platform.Fail("Out of memory.");
    }

    // Throws OutOfMemoryException or OverflowException.
    [RuntimeImport("*", "RhExceptionHandling_FailedAllocation")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FailedAllocation(MethodTable* type, Failure failure);
}
