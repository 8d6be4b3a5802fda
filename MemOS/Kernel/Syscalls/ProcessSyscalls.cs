using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Programs;
using MemOS.Signals;

namespace MemOS.Syscalls;

/// <summary>Starting, ending and waiting.</summary>
internal static class ProcessSyscalls
{
    private const int LongestName = 256;

    /// <summary>Starts a program, in the caller's job or one below it.</summary>
    [SkipLocalsInit]
    internal static SyscallOutcome Spawn(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.Take(ref call, Access.Read, out UserSpan name);
        if (error != ErrorCode.None)
            return call.Fail(error);
        error = UserBuffer.Take(ref call, Access.Read, out UserSpan arguments);
        if (error != ErrorCode.None)
            return call.Fail(error);
        byte priority = call.Arguments.TakeByte();
        if (priority > Process.HighestPriority || name.Bytes > LongestName)
            return call.Fail(ErrorCode.InvalidArgument);
        if (!MayGive(call.Caller, priority))
            return call.Fail(ErrorCode.NotPermitted);
        error = DeviceSyscalls.TakeForChild(ref call, out IReadOnlyList<Device> devices);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ulong id = call.Arguments.TakeUInt64();
        if (!JobSyscalls.TryFindOwnOrBelow(call.Caller, id, out Job? job))
            return call.Fail(ErrorCode.UnknownJob);
        Span<byte> utf8 = stackalloc byte[LongestName];
        utf8 = utf8[..(int)name.Bytes];
        UserMemory.Read(call.Space, name, utf8);
        Span<char> utf16 = stackalloc char[LongestName];
        Utf8.ToUtf16(utf8, utf16, out _, out int length);
        if (!ProgramLibrary.TryFind(utf16[..length], out Program? program))
            return call.Fail(ErrorCode.NotFound);
        if (program!.Image is null)
            return MakeImage(ref call, program);
        error = ProcessTable.Spawn(
            call.Caller, program, new ProgramArguments(call.Space, arguments),
            priority == 0 ? call.Caller.Priority : priority, job!, devices, out Process? child);
        return error switch
        {
            ErrorCode.None => call.Finish(child!.Id.Value),
            ErrorCode.NoMemory => call.FailWithoutMemory(),
            ProcessTable.IsOverLimit => call.Fail(ErrorCode.NoMemory),
            _ => call.Fail(error),
        };
    }

    // Its first start makes it, in pieces.
    private static SyscallOutcome MakeImage(ref SyscallCall call, Program program) =>
        ImageMaker.MakePiece(ProcessTable.Memory.Frames, program) switch
        {
            ErrorCode.None => call.StartOver(),
            ErrorCode.NoMemory => call.FailWithoutMemory(),
            ErrorCode error => call.Fail(error),
        };

    /// <summary>Makes a copy of the caller.</summary>
    internal static SyscallOutcome Create(ref SyscallCall call)
    {
        ulong data = call.Arguments.TakeUInt64();
        WorkBudget budget = WorkBudget.Piece;
        return call.Space.TryEndTakeOver(ref budget)
            ? new ProcessBirth(call.Thread, data).Begin()
            : call.StartOver();
    }

    /// <summary>What a piece of CREATE_PROCESS takes of the heap.</summary>
    internal static ulong MeasureCreate(SyscallCall call) =>
        ProcessTable.HeapForCopy(call.Caller);

    /// <summary>What SPAWN takes of the heap; the first start of a program asks for more.</summary>
    internal static ulong MeasureSpawn(SyscallCall call)
    {
        const uint Sizes = 27;
        return HeapNeed.ToKeep(Sizes).Frames;
    }

    /// <summary>The caller's number.</summary>
    internal static SyscallOutcome GetPid(ref SyscallCall call) =>
        call.Finish(call.Caller.Id.Value);

    /// <summary>Ends the time slice.</summary>
    internal static SyscallOutcome HandOver(ref SyscallCall call)
    {
        call.Finish();
        Scheduler.Yield();
        return SyscallOutcome.Finished;
    }

    /// <summary>Waits; no time at all ends the time slice.</summary>
    internal static SyscallOutcome Sleep(ref SyscallCall call)
    {
        uint milliseconds = call.Arguments.TakeUInt32();
        if (milliseconds == 0)
            return HandOver(ref call);
        ulong deadline = call.Deadline(milliseconds);
        return Timer.Now >= deadline
            ? call.Finish()
            : call.Park(WaitReason.Time, deadline);
    }

    /// <summary>Ends the caller.</summary>
    internal static SyscallOutcome Exit(ref SyscallCall call)
    {
        ulong data = call.Arguments.TakeUInt64();
        ProcessTable.End(call.Caller, new ProcessEnd(EndReason.Exited, data, FaultKind.None));
        return SyscallOutcome.Ended;
    }

    /// <summary>Waits for a child's end.</summary>
    internal static SyscallOutcome WaitChild(ref SyscallCall call)
    {
        if (!TryTakeChild(ref call, out Process? child))
            return call.Fail(ErrorCode.NotFound);
        ushort milliseconds = call.Arguments.TakeUInt16();
        if (child!.End is not null)
            return Tell(call, child);
        ulong deadline = call.Deadline(milliseconds);
        return Timer.Now >= deadline
            ? call.Fail(ErrorCode.TimedOut)
            : ParkForChild(call, deadline);
    }

    /// <summary>Ends a child; one that handles WILL_TERMINATE may do so by itself.</summary>
    internal static SyscallOutcome KillChild(ref SyscallCall call)
    {
        if (!TryTakeChild(ref call, out Process? child))
            return call.Fail(ErrorCode.NotFound);
        ushort milliseconds = call.Arguments.TakeUInt16();
        if (child!.Ending is null)
        {
            bool isTold = call.IsRestart || TryWarn(child, milliseconds);
            ulong deadline = call.Deadline(milliseconds);
            if (isTold && Timer.Now < deadline)
                return ParkForChild(call, deadline);
            ProcessTable.End(child, new ProcessEnd(EndReason.Killed, 0, FaultKind.None));
        }
        return child.End is null
            ? ParkForChild(call, Thread.Never)
            : Tell(call, child);
    }

    /// <summary>Sets the base of FS.</summary>
    internal static SyscallOutcome SetThreadPointer(ref SyscallCall call)
    {
        ulong value = call.Arguments.TakeUInt64();
        if (!call.IsPlace(value, out VirtualAddress pointer))
            return call.Fail(ErrorCode.InvalidArgument);
        Scheduler.SetThreadPointer(pointer);
        return call.Finish();
    }

    // What is above the usual priority and the caller's own takes from others.
    private static bool MayGive(Process caller, byte priority) =>
        priority <= Math.Max(Process.UsualPriority, caller.Priority)
            || caller.Job.Has(Authority.Priority);

    private static bool TryWarn(Process child, ushort milliseconds) =>
        milliseconds != 0
            && child.Signals.Table.TryGetHandler(SignalCode.WillTerminate, out _)
            && SignalDelivery.TrySend(
                child, new Signal(SignalCode.WillTerminate, milliseconds));

    private static bool TryTakeChild(ref SyscallCall call, out Process? child)
    {
        ProcessId id = new(call.Arguments.TakeUInt64());
        return ProcessTable.TryFind(id, out child) && child!.Parent == call.Caller;
    }

    // Any of them, so it looks again at the one that it means.
    private static SyscallOutcome ParkForChild(in SyscallCall call, ulong deadline) =>
        call.ParkForWord(KernelWords.OfChildren(call.Caller), deadline);

    private static SyscallOutcome Tell(in SyscallCall call, Process child)
    {
        ProcessEnd end = child.End!.Value;
        ProcessTable.Forget(child);
        return call.Finish(end.Data, (ulong)end.Reason, (ulong)end.Fault);
    }
}
