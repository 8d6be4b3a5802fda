using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Syscalls;

/// <summary>
/// From the registers to the method that performs a call: checks the marker, fetches the block and
/// finds the code. See docs/abi.md, "Calling".
/// </summary>
internal static unsafe class SyscallDispatcher
{
    /// <summary>Handles the running thread's call.</summary>
    /// <param name="thread">The running thread.</param>
    /// <param name="context">Its registers.</param>
    // The block is written before it is read.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Handle(Thread thread, ThreadContext* context)
    {
        Unsafe.SkipInit(out SyscallBlock block);
        SyscallCall call = new(thread, block.Arguments);
        ErrorCode error = ErrorCode.NoSuchSyscall;
        if (context->Rax == SyscallConvention.Marker)
            error = Fetch(thread, context->Rdi, ref block);
        if (error == ErrorCode.None)
            Perform(block.Code, ref call);
        else
            call.Fail(error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ErrorCode Fetch(Thread thread, ulong address, ref SyscallBlock block)
    {
        if (!UserMemory.TryReachWithinPage(
            thread.Process, address, SyscallConvention.LongestBlock, out byte* start))
            return FetchInParts(thread, address, block.Bytes);
        SyscallBlock.Read(start, out block);
        return ErrorCode.None;
    }

    // What lies across two pages may have nothing behind it: the code tells how much to read.
    private static ErrorCode FetchInParts(Thread thread, ulong address, Span<byte> block)
    {
        ErrorCode error = Fetch(thread, address, block[..1]);
        if (error != ErrorCode.None)
            return error;
        int bytes = SyscallBlocks.ArgumentBytes((SyscallCode)block[0]);
        return bytes == SyscallBlocks.Unknown
            ? ErrorCode.NoSuchSyscall
            : Fetch(thread, address + 1, block.Slice(1, bytes));
    }

    private static ErrorCode Fetch(Thread thread, ulong address, Span<byte> to)
    {
        if (!UserSpan.TryCreate(address, (ulong)to.Length, out UserSpan span))
            return ErrorCode.BadPointer;
        ErrorCode error = UserMemory.Require(thread, span, Access.Read);
        if (error == ErrorCode.None)
            UserMemory.Read(thread.Process.LiveSpace, span, to);
        return error;
    }

    private static SyscallOutcome Perform(SyscallCode code, ref SyscallCall call) => code switch
    {
        SyscallCode.HandleSignal => SignalSyscalls.Handle(ref call),
        SyscallCode.UnhandleSignal => SignalSyscalls.Unhandle(ref call),
        SyscallCode.IsSignalHandled => SignalSyscalls.IsHandled(ref call),
        SyscallCode.Ready => SignalSyscalls.MakeReady(ref call),
        SyscallCode.SignalDone => SignalSyscalls.Leave(ref call),
        SyscallCode.MemAlloc => MemorySyscalls.Allocate(ref call),
        SyscallCode.MemFree => MemorySyscalls.Free(ref call),
        SyscallCode.VirtMemAms => SegmentSyscalls.Capture(ref call),
        SyscallCode.BackedAms => SegmentSyscalls.Back(ref call),
        SyscallCode.ShareAms => SharingSyscalls.Share(ref call),
        SyscallCode.AmsSharingInfo => SharingSyscalls.Tell(ref call),
        SyscallCode.UnshareAms => SharingSyscalls.Unshare(ref call),
        SyscallCode.MapAms => SegmentSyscalls.Map(ref call),
        SyscallCode.UnmapAms => SegmentSyscalls.Unmap(ref call),
        SyscallCode.CreateProcess => ProcessSyscalls.Create(ref call),
        SyscallCode.WaitChildProcess => ProcessSyscalls.WaitChild(ref call),
        SyscallCode.KillChildProcess => ProcessSyscalls.KillChild(ref call),
        SyscallCode.GetPid => ProcessSyscalls.GetPid(ref call),
        SyscallCode.HandOver => ProcessSyscalls.HandOver(ref call),
        SyscallCode.Exit => ProcessSyscalls.Exit(ref call),
        SyscallCode.CreateThread => ThreadSyscalls.Create(ref call),
        SyscallCode.WaitWord => WordSyscalls.Wait(ref call),
        SyscallCode.WakeWord => WordSyscalls.Wake(ref call),
        SyscallCode.ExitThread => ThreadSyscalls.Exit(ref call),
        SyscallCode.DeviceAms => DeviceSyscalls.Capture(ref call),
        SyscallCode.ConsoleWrite => ConsoleSyscalls.Write(ref call),
        SyscallCode.ConsoleRead => ConsoleSyscalls.Read(ref call),
        SyscallCode.Spawn => ProcessSyscalls.Spawn(ref call),
        SyscallCode.ReadClock => SystemSyscalls.ReadClock(ref call),
        SyscallCode.ListProcesses => ListSyscalls.Processes(ref call),
        SyscallCode.ListRegions => ListSyscalls.Regions(ref call),
        SyscallCode.ListPrograms => ListSyscalls.Programs(ref call),
        SyscallCode.ListDevices => ListSyscalls.Devices(ref call),
        SyscallCode.ReadLog => SystemSyscalls.ReadLog(ref call),
        SyscallCode.CountMemory => MemorySyscalls.Count(ref call),
        SyscallCode.AuditMemory => SystemSyscalls.Audit(ref call),
        SyscallCode.Shutdown => SystemSyscalls.Shutdown(ref call),
        SyscallCode.SetThreadPointer => ProcessSyscalls.SetThreadPointer(ref call),
        SyscallCode.FillRandom => SystemSyscalls.FillRandom(ref call),
        SyscallCode.Sleep => ProcessSyscalls.Sleep(ref call),
        _ => call.Fail(ErrorCode.NoSuchSyscall),
    };
}
