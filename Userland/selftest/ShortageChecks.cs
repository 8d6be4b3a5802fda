using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Every call while memory runs out, for frames and for the kernel's heap.
/// </summary>
/// <remarks>Only in a kernel that was started with the word <c>oom</c>.</remarks>
internal sealed unsafe class ShortageChecks(Workbench bench)
{
    private const ulong NoLimit = MemoryLimit.None;

    private readonly MemoryLimit _limit = new();

    /// <summary>Tries all.</summary>
    /// <param name="density">See <see cref="FrameShortage"/>.</param>
    internal int Run(ulong density)
    {
        if (_limit.Set(NoLimit, NoLimit) != ErrorCode.None)
        {
            Console.WriteLine("shortage: the kernel was not started with the word oom");
            return 1;
        }
        Shortage[] shortages = [new HeapShortage(_limit), new FrameShortage(_limit, density)];
        new Sweep(bench, shortages, Audits.EachFailure).Run("shortage");
        TryWithoutAny();
        new SegmentCalls(bench).CountsAll("after all shortages");
        return bench.Checks.Print();
    }

    /// <summary>Switches the machine off while there is no memory.</summary>
    internal int SwitchOff()
    {
        bench.Begin(SyscallCode.Shutdown).Put((ulong)StopMode.Off, sizeof(byte));
        _limit.Set(0, 0);
        bench.Caller.Send();
        return 1;
    }

    // What needs no memory works when there is none at all.
    private void TryWithoutAny()
    {
        ulong buffer = bench.Grounds.Writable;
        ulong promised = Memory.Allocate(2 * Memory.PageBytes).Start.Value;
        Works(SyscallCode.FillRandom, promised, Memory.PageBytes);
        _limit.Set(0, 0);
        // Safe: the program's own page, which comes now.
        ((ulong*)promised)[Memory.PageBytes / sizeof(ulong)] = 1;
        _limit.Set(NoLimit, NoLimit);
        SyscallCode[] lists =
        [
            SyscallCode.ReadLog, SyscallCode.ListProcesses, SyscallCode.ListPrograms,
            SyscallCode.ListDevices, SyscallCode.ListJobs,
        ];
        foreach (SyscallCode list in lists)
            Works(list, buffer, SyscallConvention.LongestBuffer);
        Works(SyscallCode.ListRegions, Process.Id.Value, buffer,
            SyscallConvention.LongestBuffer);
        Works(SyscallCode.CountMemory);
        Works(SyscallCode.ReadClock);
        Works(SyscallCode.GetPid);
        Works(SyscallCode.HandOver);
        Works(SyscallCode.MemFree, promised, 2);
    }

    private void Works(SyscallCode code, params ulong[] arguments)
    {
        bench.Begin(code);
        foreach (ulong argument in arguments)
            bench.Caller.Put(argument);
        bool makesNothing = code != SyscallCode.MemFree;
        _limit.Set(0, makesNothing ? 0 : NoLimit);
        ErrorCode error = bench.Caller.Send();
        _limit.Set(NoLimit, NoLimit);
        bench.Checks.Equal($"{code} without memory", (ulong)ErrorCode.None, (ulong)error);
    }
}
