using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.AddressSpaces;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>
/// From the registers to the method that performs a call: checks the marker, fetches the block and
/// finds the code. See docs/abi.md, "Calling".
/// </summary>
internal static unsafe class SyscallDispatcher
{
    /// <summary>Handles the running thread's call.</summary>
    // The block is written before it is read.
    [SkipLocalsInit]
    internal static void Handle(Thread thread)
    {
        Span<byte> block = stackalloc byte[SyscallConvention.LongestBlock];
        SyscallCall call = new(thread, block[1..]);
        if (thread.Context->Rax != SyscallConvention.Marker)
        {
            call.Fail(ErrorCode.NoSuchSyscall);
            return;
        }
        ErrorCode error = TryFetch(thread, block);
        if (error == ErrorCode.None)
            Perform((SyscallCode)block[0], ref call);
        else
            call.Fail(error);
    }

    private static ErrorCode TryFetch(Thread thread, Span<byte> block)
    {
        ulong address = thread.Context->Rdi;
        AddressSpace<MachineMemory> space = thread.Process.LiveSpace;
        if (UserMemory.TryReadWithinPage(space, address, block))
        {
            return SyscallBlocks.ArgumentBytes((SyscallCode)block[0]) == SyscallBlocks.Unknown
                ? ErrorCode.NoSuchSyscall
                : ErrorCode.None;
        }
        // The code tells how much more there is to read.
        ErrorCode error = Fetch(space, address, block[..1]);
        if (error != ErrorCode.None)
            return error;
        int bytes = SyscallBlocks.ArgumentBytes((SyscallCode)block[0]);
        return bytes == SyscallBlocks.Unknown
            ? ErrorCode.NoSuchSyscall
            : Fetch(space, address + 1, block.Slice(1, bytes));
    }

    private static ErrorCode Fetch(
        AddressSpace<MachineMemory> space, ulong address, Span<byte> to)
    {
        if (!UserSpan.TryCreate(address, (ulong)to.Length, out UserSpan span))
            return ErrorCode.BadPointer;
        ErrorCode error = UserMemory.Require(space, span, Access.Read);
        if (error == ErrorCode.None)
            UserMemory.Read(space, span, to);
        return error;
    }

    private static SyscallOutcome Perform(SyscallCode code, ref SyscallCall call) => code switch
    {
        SyscallCode.MemAlloc => MemorySyscalls.Allocate(ref call),
        SyscallCode.MemFree => MemorySyscalls.Free(ref call),
        SyscallCode.WaitChildProcess => ProcessSyscalls.WaitChild(ref call),
        SyscallCode.KillChildProcess => ProcessSyscalls.KillChild(ref call),
        SyscallCode.GetPid => ProcessSyscalls.GetPid(ref call),
        SyscallCode.HandOver => ProcessSyscalls.HandOver(ref call),
        SyscallCode.Exit => ProcessSyscalls.Exit(ref call),
        SyscallCode.ConsoleWrite => ConsoleSyscalls.Write(ref call),
        SyscallCode.ConsoleRead => ConsoleSyscalls.Read(ref call),
        SyscallCode.Spawn => ProcessSyscalls.Spawn(ref call),
        SyscallCode.ReadClock => SystemSyscalls.ReadClock(ref call),
        SyscallCode.ListProcesses => ListSyscalls.Processes(ref call),
        SyscallCode.ListRegions => ListSyscalls.Regions(ref call),
        SyscallCode.ListPrograms => ListSyscalls.Programs(ref call),
        SyscallCode.ReadLog => SystemSyscalls.ReadLog(ref call),
        SyscallCode.CountMemory => MemorySyscalls.Count(ref call),
        SyscallCode.Shutdown => SystemSyscalls.Shutdown(ref call),
        SyscallCode.SetThreadPointer => ProcessSyscalls.SetThreadPointer(ref call),
        SyscallCode.FillRandom => SystemSyscalls.FillRandom(ref call),
        SyscallCode.Sleep => ProcessSyscalls.Sleep(ref call),
        _ => call.Fail(ErrorCode.NoSuchSyscall),
    };
}
