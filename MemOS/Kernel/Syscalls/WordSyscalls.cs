using System;
using System.Buffers.Binary;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>Waiting until a word of memory changes, and waking who waits.</summary>
internal static class WordSyscalls
{
    private const uint Forever = uint.MaxValue;

    /// <summary>Waits until woken, unless the word has changed already.</summary>
    // Looking and parking are one step: nobody runs in between, so that no wake-up is lost.
    internal static SyscallOutcome Wait(ref SyscallCall call)
    {
        ErrorCode error = Take(ref call, out UserSpan span, out Word word);
        if (error != ErrorCode.None)
            return call.Fail(error);
        uint expected = call.Arguments.TakeUInt32();
        uint milliseconds = call.Arguments.TakeUInt32();
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        UserMemory.Read(call.Space, span, bytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != expected)
            return call.Fail(ErrorCode.WordChanged);
        ulong deadline = milliseconds == Forever ? Thread.Never : call.Deadline(milliseconds);
        return Timer.Now >= deadline
            ? call.Fail(ErrorCode.TimedOut)
            : call.ParkForWord(word, deadline);
    }

    /// <summary>Wakes those who wait for a word.</summary>
    internal static SyscallOutcome Wake(ref SyscallCall call)
    {
        ErrorCode error = Take(ref call, out _, out Word word);
        if (error != ErrorCode.None)
            return call.Fail(error);
        uint most = call.Arguments.TakeUInt32();
        uint woken = 0;
        while (woken < most && WordWaits.Take(word) is { } thread)
        {
            SyscallCall.FinishParked(thread);
            woken++;
        }
        return call.Finish(woken);
    }

    private static ErrorCode Take(ref SyscallCall call, out UserSpan span, out Word word)
    {
        word = default;
        ulong address = call.Arguments.TakeUInt64();
        if (!UserSpan.TryCreate(address, sizeof(uint), out span))
            return ErrorCode.BadPointer;
        if (address % sizeof(uint) != 0)
            return ErrorCode.Unaligned;
        ErrorCode error = UserMemory.Require(call.Thread, span, Access.Read);
        if (error == ErrorCode.None)
            word = new Word(call.Caller.Id, address, FindShared(call.Space, span.Start));
        return error;
    }

    // What is copied when it is written is no one else's.
    private static ulong FindShared(AddressSpace<MachineMemory> space, VirtualAddress address) =>
        space.TryFind(address, out Region? region)
            && region is SegmentRegion<MachineMemory> { Mode: not MappingMode.CopyOnWrite }
            ? UserMemory.FrameOf(space, address).Start.Value + (ulong)address.OffsetInPage
            : 0;
}
