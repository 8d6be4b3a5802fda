using System;
using System.Runtime.CompilerServices;
using Cosmos.Core;
using MemOS.Abi;
using MemOS.Audit;
using MemOS.Boot;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>Clock, log, chance, and the machine's switch.</summary>
internal static class SystemSyscalls
{
    private const int ChunkBytes = 1024;

    // Some 12 instructions each.
    private const ulong RandomBytesInPiece = 8 * 1024;

    /// <summary>What time it is.</summary>
    internal static SyscallOutcome ReadClock(ref SyscallCall call) =>
        call.Finish(Timer.Now, Timer.UnixNow);

    /// <summary>Copies the newest part of the log.</summary>
    [SkipLocalsInit]
    internal static SyscallOutcome ReadLog(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        int length = Log.NewestThatFit((int)Math.Min(buffer.Bytes, Log.Bytes));
        error = UserMemory.Require(call.Thread, buffer.Take((ulong)length), Access.Write);
        if (error != ErrorCode.None)
            return call.Fail(error);
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        for (int left = length; left > 0; left -= ChunkBytes)
        {
            Span<byte> part = chunk[..Math.Min(left, ChunkBytes)];
            Log.Copy(left, part);
            UserMemory.Write(call.Space, buffer, part);
            buffer = buffer.Skip((ulong)part.Length);
        }
        return call.Finish((ulong)length);
    }

    /// <summary>Fills memory with random bytes.</summary>
    [SkipLocalsInit]
    internal static SyscallOutcome FillRandom(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.Take(ref call, Access.Write, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ref ulong written = ref call.Thread.Call.Done;
        // The length may be another one than it was.
        buffer = buffer.Skip(Math.Min(written, buffer.Bytes));
        UserSpan now = buffer.Take(Math.Min(buffer.Bytes, RandomBytesInPiece));
        bool isAll = now.Bytes == buffer.Bytes;
        written += now.Bytes;
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        while (now.Bytes != 0)
        {
            Span<byte> part = chunk[..(int)Math.Min(now.Bytes, ChunkBytes)];
            ProcessTable.Memory.Random.Fill(part);
            UserMemory.Write(call.Space, now, part);
            now = now.Skip((ulong)part.Length);
        }
        return isAll ? call.Finish() : call.StartOver();
    }

    /// <summary>Checks all of the machine's memory.</summary>
    internal static SyscallOutcome Audit(ref SyscallCall call)
    {
        MachineAudit.Begin(call.Thread);
        return SyscallOutcome.Underway;
    }

    /// <summary>Has memory run out; only where a kernel was started for that.</summary>
    internal static SyscallOutcome Limit(ref SyscallCall call)
    {
        ulong frames = call.Arguments.TakeUInt64();
        MemoryShortage.Limit(frames, call.Arguments.TakeUInt64());
        return call.Finish();
    }

    /// <summary>Switches the machine off, or starts it again.</summary>
    internal static SyscallOutcome Shutdown(ref SyscallCall call)
    {
        StopMode mode = (StopMode)call.Arguments.TakeByte();
        if (mode > StopMode.Reboot)
            return call.Fail(ErrorCode.InvalidArgument);
        // For who tests this: a machine that has been through something is still sound. No other
        // entry into the kernel comes after this one.
        if (CommandLine.Has("audit"))
            MachineAudit.RunInOneGo();
        HeapCollection.Report();
        SystemConsole.Flush();
        if (mode == StopMode.Reboot)
            ACPI.Reboot();
        ACPI.Shutdown();
        Log.Info("It is now safe to switch the machine off.");
        SystemConsole.Flush();
        while (true)
            CPU.Halt();
    }
}
