using System;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>Waiting until a word of memory changes, and waking who waits.</summary>
internal static class WordSyscalls
{
    private const uint Forever = uint.MaxValue;

    // Threads that are woken in one entry into the kernel; some 670 instructions each.
    private const ulong WokenInPiece = 128;

    /// <summary>Waits until woken, unless the word has changed already.</summary>
    // Looking and parking are one step: nobody runs in between, so that no wake-up is lost.
    internal static SyscallOutcome Wait(ref SyscallCall call)
    {
        ErrorCode error = Take(ref call, out Word word, out uint value);
        if (error != ErrorCode.None)
            return call.Fail(error);
        uint expected = call.Arguments.TakeUInt32();
        uint milliseconds = call.Arguments.TakeUInt32();
        if (value != expected)
            return call.Fail(ErrorCode.WordChanged);
        if (milliseconds == Forever)
            return call.ParkForWord(word, Thread.Never);
        ulong deadline = call.Deadline(milliseconds);
        return Timer.Now >= deadline
            ? call.Fail(ErrorCode.TimedOut)
            : call.ParkForWord(word, deadline);
    }

    /// <summary>Wakes those who wait for a word.</summary>
    internal static SyscallOutcome Wake(ref SyscallCall call)
    {
        ErrorCode error = Take(ref call, out Word word, out _);
        if (error != ErrorCode.None)
            return call.Fail(error);
        uint most = call.Arguments.TakeUInt32();
        ref ulong woken = ref call.Thread.Call.Done;
        ulong end = Math.Min(most, woken + WokenInPiece);
        while (woken < end && WordWaits.Take(word) is { } thread)
        {
            SyscallCall.FinishParked(thread);
            woken++;
        }
        return woken == end && end < most ? call.StartOver() : call.Finish(woken);
    }

    private static unsafe ErrorCode Take(ref SyscallCall call, out Word word, out uint value)
    {
        word = default;
        value = 0;
        ulong address = call.Arguments.TakeUInt64();
        byte* start = UserMemory.ReachWithinPage(call.Caller, address, sizeof(uint));
        if (start == null || address % sizeof(uint) != 0)
            return Refuse(call, address);
        // Safe: all of it lies in the page, aligned.
        value = *(uint*)start;
        bool isShared = VirtualAddress.TryCreate(address, out VirtualAddress at)
            && IsShared(call.Space, at);
        ulong shared = isShared ? (ulong)start : 0;
        word = new Word(call.Caller.Id, address, shared);
        return ErrorCode.None;
    }

    // Why a word cannot be had, or not yet.
    private static ErrorCode Refuse(in SyscallCall call, ulong address)
    {
        if (!UserSpan.TryCreate(address, sizeof(uint), out UserSpan span))
            return ErrorCode.BadPointer;
        if (address % sizeof(uint) != 0)
            return ErrorCode.Unaligned;
        ErrorCode error = UserMemory.Require(call.Thread, span, Access.Read);
        Ensure.That(error != ErrorCode.None, "what cannot be reached lacks something");
        return error;
    }

    // What is copied when it is written is no one else's.
    private static bool IsShared(AddressSpace<MachineMemory> space, VirtualAddress address) =>
        space.TryFind(address, out Region? region)
            && region is SegmentRegion<MachineMemory> { Mode: not MappingMode.CopyOnWrite };
}
