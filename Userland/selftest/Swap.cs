using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// A program that changes a call while it waits: it starts over as END_JOB, which has not been
/// called before.
/// </summary>
internal static unsafe class Swap
{
    private const uint Milliseconds = 200;

    /// <summary>Makes the calls.</summary>
    /// <returns>0 if END_JOB ended the job.</returns>
    internal static int Run()
    {
        Job job = Job.Create();
        ProcessId resting = Process.Spawn("selftest", ["rest"], job);
        // Safe, here and below: the page stays, and the new thread needs no stack.
        byte* block = (byte*)Memory.Allocate(Memory.PageBytes).Start.Value;
        Caller caller = new();
        caller.Begin(SyscallCode.Sleep).Put(Milliseconds, sizeof(uint)).CopyBlock((ulong)block);
        if (caller.Begin(SyscallCode.CreateThread).Put(0).Put((ulong)block).StartSleeper(
            (ulong)block) != ErrorCode.None)
            return 1;
        Clock.Sleep(Milliseconds / 4);
        *(ulong*)(block + 1) = job.Id.Value;
        *(uint*)(block + 1 + sizeof(ulong)) = 0;
        Volatile.Write(ref *block, (byte)SyscallCode.EndJob);
        return Process.Wait(resting).Reason == EndReason.Killed ? 0 : 2;
    }
}
