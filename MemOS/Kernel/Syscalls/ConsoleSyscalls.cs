using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Consoles;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Memory;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>Text out and keys in.</summary>
internal static class ConsoleSyscalls
{
    private const int ChunkBytes = 1024;
    private const uint Forever = uint.MaxValue;

    /// <summary>
    /// Shows text; waits while the serial line has more to send than it can keep.
    /// </summary>
    [SkipLocalsInit]
    internal static SyscallOutcome Write(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.Take(ref call, Access.Read, out UserSpan text);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ref ulong written = ref call.Thread.Call.Done;
        // The length may be another one than it was.
        text = text.Skip(Math.Min(written, text.Bytes));
        if (text.Bytes == 0)
            return call.Finish();
        if (!SystemConsole.HasRoom(text.Bytes))
            return call.ParkForWord(KernelWords.OfLine, Thread.Never);
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        Span<byte> part = chunk[..(int)Math.Min(text.Bytes, ChunkBytes)];
        UserMemory.Read(call.Space, text, part);
        WorkBudget budget = WorkBudget.Piece;
        int now = SystemConsole.WritePart(part, ref budget);
        if ((ulong)now == text.Bytes)
            return call.Finish();
        written += (ulong)now;
        return call.StartOver();
    }

    /// <summary>Hands over what was typed; waits for it if there is nothing.</summary>
    [SkipLocalsInit]
    internal static SyscallOutcome Read(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.Take(ref call, Access.Write, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        uint milliseconds = call.Arguments.TakeUInt32();
        if (buffer.Bytes == 0)
            return call.Fail(ErrorCode.InvalidArgument);
        ConsoleInput input = SystemConsole.Input;
        if (input.IsEmpty || call.Caller.Job != ForegroundJob.Current)
            return Wait(call, milliseconds);
        Span<byte> typed = stackalloc byte[ChunkBytes];
        int length = input.Read(typed[..(int)Math.Min(buffer.Bytes, ChunkBytes)]);
        UserMemory.Write(call.Space, buffer, typed[..length]);
        // What is left is for who waits as well.
        ForegroundJob.WakeReader();
        return call.Finish((ulong)length);
    }

    /// <summary>The caller has heard of Ctrl-C and goes on.</summary>
    internal static SyscallOutcome KeepRunning(ref SyscallCall call)
    {
        ConsoleInterrupt.Answer(call.Caller);
        return call.Finish();
    }

    private static SyscallOutcome Wait(in SyscallCall call, uint milliseconds)
    {
        ulong deadline = milliseconds == Forever ? Thread.Never : call.Deadline(milliseconds);
        if (Timer.Now >= deadline)
            return call.Finish(0);
        ForegroundJob.Wait(call.Thread.Console);
        return call.Park(WaitReason.Console, deadline);
    }
}
