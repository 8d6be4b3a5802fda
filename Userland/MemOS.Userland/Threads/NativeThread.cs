using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>
/// A thread beside the program's first, for code that needs nothing of the runtime.
/// </summary>
/// <remarks>
/// The runtime has one heap, which is not made for two threads, looks for references on the first
/// thread's stack alone, and has one block of thread data. So the method must not allocate, throw,
/// lock or use thread statics, nor call what does; it must not be the only one to know an object.
/// It computes, uses memory of <see cref="Memory"/>, makes system calls and talks by
/// <see cref="MemoryWord"/>. Its base of FS is 0, so that the use of thread data ends the program
/// rather than harm the first thread's.
/// </remarks>
public sealed unsafe class NativeThread
{
    /// <summary>Bytes of stack that a thread has unless told otherwise.</summary>
    public const int UsualStack = 64 * 1024;

    private readonly Address _stack;
    private readonly nuint _stackBytes;
    private ThreadRecord* _record;

    private NativeThread(ThreadRecord* record, Address stack, nuint stackBytes)
    {
        _record = record;
        _stack = stack;
        _stackBytes = stackBytes;
    }

    /// <summary>Starts a thread.</summary>
    /// <param name="method">A static method with <c>[UnmanagedCallersOnly]</c>.</param>
    /// <param name="argument">What it is given.</param>
    /// <param name="stackBytes">Size of its stack; rounded up to whole pages.</param>
    /// <exception cref="MemOsException">There is no memory.</exception>
    public static NativeThread Start(
        delegate* unmanaged<ulong, uint> method, ulong argument, int stackBytes = UsualStack)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stackBytes);
        // The page below the stack is given back. Nothing has to be where it was: what is
        // allocated later lies anywhere in the address space.
        Pages pages = Memory.Allocate((nuint)stackBytes + Memory.PageBytes);
        Memory.Free(pages.Start, Memory.PageBytes);
        nuint bytes = pages.Bytes - Memory.PageBytes;
        Address bottom = new(pages.Start.Value + Memory.PageBytes);
        ThreadRecord* record = ThreadRecord.Take();
        ErrorCode error = (ErrorCode)MemosStartThread(
            new CreateThreadBlock(argument, new Address(bottom.Value + bytes)), record, method);
        if (error == ErrorCode.None)
            return new NativeThread(record, bottom, bytes);
        ThreadRecord.Return(record);
        Memory.Free(bottom, bytes);
        throw new MemOsException(SyscallCode.CreateThread, error);
    }

    /// <summary>Waits until the thread has ended; once.</summary>
    /// <returns>What its method returned.</returns>
    public uint Join()
    {
        ObjectDisposedException.ThrowIf(_record is null, this);
        while (_record->IsRunning)
            MemoryWord.Wait(Address.Of(_record), 0);
        uint result = _record->Result;
        // The thread has left its stack for good.
        Memory.Free(_stack, _stackBytes);
        ThreadRecord.Return(_record);
        _record = null;
        return result;
    }

    [RuntimeImport("*", "MemosStartThread")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong MemosStartThread(
        in CreateThreadBlock block, ThreadRecord* record, delegate* unmanaged<ulong, uint> method);
}
