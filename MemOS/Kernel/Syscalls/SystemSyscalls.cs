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
    private const int ChunkBytes = 256;

    /// <summary>What time it is.</summary>
    internal static SyscallOutcome ReadClock(ref SyscallCall call) =>
        call.Finish(Timer.Now, Timer.UnixNow);

    /// <summary>Copies the newest part of the log.</summary>
    internal static SyscallOutcome ReadLog(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        byte[] text = new byte[Math.Min(buffer.Bytes, Log.Bytes)];
        int length = Log.CopyNewest(text);
        error = UserMemory.Require(call.Thread, buffer.Take((ulong)length), Access.Write);
        if (error != ErrorCode.None)
            return call.Fail(error);
        UserMemory.Write(call.Space, buffer, text.AsSpan(0, length));
        return call.Finish((ulong)length);
    }

    /// <summary>Fills memory with random bytes.</summary>
    [SkipLocalsInit]
    internal static SyscallOutcome FillRandom(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.Take(ref call, Access.Write, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        while (buffer.Bytes != 0)
        {
            Span<byte> part = chunk[..(int)Math.Min(buffer.Bytes, ChunkBytes)];
            ProcessTable.Memory.Random.Fill(part);
            UserMemory.Write(call.Space, buffer, part);
            buffer = buffer.Skip((ulong)part.Length);
        }
        return call.Finish();
    }

    /// <summary>Checks all of the machine's memory.</summary>
    internal static SyscallOutcome Audit(ref SyscallCall call)
    {
        if (call.TryCollectFirst())
            return SyscallOutcome.Restarted;
        if (!MachineAudit.HasRoom)
            return call.Fail(ErrorCode.NoMemory);
        return call.Finish(MachineAudit.Run() ? 1ul : 0);
    }

    /// <summary>Switches the machine off, or starts it again.</summary>
    internal static SyscallOutcome Shutdown(ref SyscallCall call)
    {
        StopMode mode = (StopMode)call.Arguments.TakeByte();
        if (mode > StopMode.Reboot)
            return call.Fail(ErrorCode.InvalidArgument);
        if (CommandLine.Has("audit"))
        {
            // For who tests this: a machine that has been through something is still sound.
            if (call.TryCollectFirst())
                return SyscallOutcome.Restarted;
            MachineAudit.Run();
        }
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
