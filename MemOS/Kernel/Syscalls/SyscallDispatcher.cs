using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Syscalls;

/// <summary>
/// From the registers to the method that performs a call: checks the marker, finds the block and
/// looks its code up. See docs/abi.md, "Calling".
/// </summary>
internal static unsafe class SyscallDispatcher
{
    /// <summary>Handles the running thread's call.</summary>
    /// <param name="thread">The running thread.</param>
    /// <param name="context">Its registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Handle(Thread thread, ThreadContext* context)
    {
        if (context->Rax != SyscallConvention.Marker && !MayGoOn(thread, context))
            return;
        byte* block = UserMemory.ReachWithinPage(
            thread.Process, context->Rdi, SyscallConvention.LongestBlock);
        if (block != null)
            Perform(thread, block);
        else
            HandleInParts(thread, context->Rdi);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool MayGoOn(Thread thread, ThreadContext* context) =>
        new SyscallCall(thread, null).MayGoOn(context);

    // What lies across two pages may have nothing behind it: the code tells how much to read.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HandleInParts(Thread thread, ulong address)
    {
        byte* block = stackalloc byte[SyscallConvention.LongestBlock];
        ErrorCode error = Fetch(thread, address, new Span<byte>(block, 1));
        if (error == ErrorCode.None)
        {
            int bytes = SyscallTable.Find((SyscallCode)block[0]).ArgumentBytes;
            error = bytes == SyscallEntry.Unknown
                ? ErrorCode.NoSuchSyscall
                : Fetch(thread, address + 1, new Span<byte>(block + 1, bytes));
        }
        if (error == ErrorCode.None)
            Perform(thread, block);
        else
            Refuse(thread, error);
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

    // Safe: the block has its full length, whatever its code has use for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Perform(Thread thread, byte* block)
    {
        SyscallCall call = new(thread, block + 1);
        ref readonly SyscallEntry entry = ref SyscallTable.Find((SyscallCode)(*block));
        if (entry.Need.Frames > HeapWindow.SureFrames)
            PerformWithMore(ref call, (SyscallCode)(*block));
        else
            entry.Perform(ref call);
    }

    // What is kept back for the heap is not enough for the call, or it has to be measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PerformWithMore(ref SyscallCall call, SyscallCode code)
    {
        ref readonly SyscallEntry entry = ref SyscallTable.Find(code);
        ulong need = entry.Measure == null ? entry.Need.Frames : entry.Measure(call);
        if (MemoryShortage.IsOn)
            MemoryShortage.Perform(ref call, code, need);
        else if (HeapWindow.TryRaise(need))
            entry.Perform(ref call);
        else
            call.FailWithoutMemory();
        HeapWindow.Lower();
    }

    private static void Refuse(Thread thread, ErrorCode error)
    {
        SyscallCall call = new(thread, null);
        call.Fail(error);
    }
}
