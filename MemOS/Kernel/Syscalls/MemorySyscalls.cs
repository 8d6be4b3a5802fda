using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>MEM_ALLOC, MEM_FREE and what the machine has.</summary>
internal static class MemorySyscalls
{
    /// <summary>Allocates memory at a random place.</summary>
    internal static SyscallOutcome Allocate(ref SyscallCall call)
    {
        ulong bytes = call.Arguments.TakeUInt64();
        MemoryRights wanted = (MemoryRights)call.Arguments.TakeByte();
        ZeroFirst zeroFirst = (ZeroFirst)call.Arguments.TakeByte();
        if (wanted is not (MemoryRights.Read or MemoryRights.Write or MemoryRights.ReadWrite
            or MemoryRights.Execute)
            || !PageRights.TryCreate((Access)wanted, out PageRights rights))
            return call.Fail(ErrorCode.BadRights);
        if (bytes == 0 || zeroFirst > ZeroFirst.Yes)
            return call.Fail(ErrorCode.InvalidArgument);
        VmStatus status = call.Space.Allocate(
            PageCount.ForBytes(bytes), rights, zeroFirst, RegionKind.Allocation,
            out PageRange range);
        return status switch
        {
            VmStatus.Done => call.Finish(range.First.Start.Value),
            VmStatus.OutOfMemory => call.FailWithoutMemory(),
            _ => call.Fail(ErrorCode.NoMemory),
        };
    }

    /// <summary>What MEM_ALLOC takes of the heap where little is kept back for it.</summary>
    // What is kept for a program's start was granted when it was started.
    internal static ulong MeasureAllocate(SyscallCall call) => call.Space.FramesAhead != 0
        ? HeapNeed.ToGiveBack(1).Frames
        : HeapNeed.ToKeep(1).Frames;

    /// <summary>Gives memory back.</summary>
    internal static SyscallOutcome Free(ref SyscallCall call)
    {
        ulong start = call.Arguments.TakeUInt64();
        ulong pages = call.Arguments.TakeUInt64();
        PageRange rest = call.Thread.Call.Pages;
        if (!rest.IsEmpty)
            return FreeRest(call, rest);
        if (!VirtualAddress.TryCreate(start, out VirtualAddress address))
            return call.Fail(ErrorCode.StartOutOfRange);
        VmStatus status = FreePiece(call, address, pages);
        if (status == VmStatus.Unfinished)
            return call.StartOver();
        return call.Fail(status switch
        {
            VmStatus.Done => ErrorCode.None,
            VmStatus.Unaligned => ErrorCode.Unaligned,
            VmStatus.StartOutOfRange => ErrorCode.StartOutOfRange,
            VmStatus.EndOutOfRange => ErrorCode.EndOutOfRange,
            VmStatus.Shared => ErrorCode.Shared,
            VmStatus.OverLimit => ErrorCode.NoMemory,
            _ => ErrorCode.NotAllocated,
        });
    }

    // What another thread has given back meanwhile is gone as well.
    private static SyscallOutcome FreeRest(in SyscallCall call, PageRange rest) =>
        FreePiece(call, rest.First.Start, rest.Count.Value) == VmStatus.Unfinished
            ? call.StartOver()
            : call.Finish();

    private static VmStatus FreePiece(in SyscallCall call, VirtualAddress start, ulong pages)
    {
        WorkBudget budget = WorkBudget.Piece;
        VmStatus status = call.Space.Free(start, pages, ref budget, out PageRange rest);
        if (status != VmStatus.Unfinished || !rest.IsEmpty)
            call.Thread.Call.Pages = rest;
        UnmappedWords.Wake(call.Caller, ref budget);
        // A part of an allocation takes a region, which the frames that are free now make good.
        HeapWindow.Refill();
        return status;
    }

    /// <summary>Counts RAM: all, free, and what kernel and programs use.</summary>
    internal static SyscallOutcome Count(ref SyscallCall call)
    {
        // What is garbage counts as free.
        if (call.TryCollectFirst())
            return SyscallOutcome.Restarted;
        MemoryCensus census = MemoryCensus.Take();
        return call.Finish(
            census.Total * PageSizes.SmallBytes, census.Free * PageSizes.SmallBytes,
            census.Kernel * PageSizes.SmallBytes, census.Programs * PageSizes.SmallBytes);
    }
}
