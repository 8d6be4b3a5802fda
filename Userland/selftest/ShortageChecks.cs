using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Every call, while memory runs out at each of its requests in turn, for frames and for the
/// kernel's heap, until it does not fail for that any more; twice, as the second thing may need
/// what the first did not. After a failure nothing has changed and the machine is sound.
/// </summary>
/// <remarks>Only in a kernel that was started with the word <c>oom</c>.</remarks>
internal sealed unsafe class ShortageChecks(Workbench bench)
{
    private const ulong NoLimit = ulong.MaxValue;
    private const int Things = 2;

    // More requests than any call makes.
    private const ulong MostFrames = 1 << 14;

    // What a call changes when it fails, it changes each time; the kernel may also finish something
    // from before meanwhile, at a tick, which it does once.
    private const int Attempts = 3;

    private readonly Caller _limits = new();

    /// <summary>Tries all.</summary>
    /// <param name="density">
    /// From so many frames on not every number of them is tried: the next one is greater by the
    /// part of it that this is of it.
    /// </param>
    internal int Run(ulong density)
    {
        if (Limit(NoLimit, NoLimit) != ErrorCode.None)
        {
            Console.WriteLine("shortage: the kernel was not started with the word oom");
            return 1;
        }
        Makings makings = new(bench);
        foreach (SyscallCode code in Enum.GetValues<SyscallCode>())
        {
            foreach (Making making in makings.Of(code))
            {
                ulong shortages = Try(making, density);
                bench.Checks.PrintFailures();
                Console.WriteLine($"shortage: {code}: {making.Name}: {shortages} failures");
            }
        }
        makings.End();
        TryWithoutAny();
        new SegmentCalls(bench).CountsAll("after all shortages");
        return bench.Checks.Print();
    }

    /// <summary>Switches the machine off while there is no memory.</summary>
    internal int SwitchOff()
    {
        bench.Begin(SyscallCode.Shutdown).Put((ulong)StopMode.Off, sizeof(byte));
        Limit(0, 0);
        bench.Caller.Send();
        return 1;
    }

    private ulong Try(Making making, ulong density)
    {
        ulong shortages = 0;
        ulong[] made = new ulong[Things];
        for (int thing = 0; thing < Things; thing++)
        {
            ulong raises = 0;
            while (!TryMake(making, thing, NoLimit, raises))
                shortages += Count(ref raises, 1);
            making.Undo(thing, bench.Caller.Value0);
            ulong frames = 0;
            while (!TryMake(making, thing, frames, NoLimit) && frames < MostFrames)
                shortages += Count(ref frames, 1 + (frames / density));
            bench.Checks.That(
                $"{making.Name}: succeeds with {MostFrames} frames", frames < MostFrames);
            made[thing] = bench.Caller.Value0;
        }
        for (int thing = 0; thing < Things; thing++)
            making.Undo(thing, made[thing]);
        return shortages;
    }

    private static ulong Count(ref ulong limit, ulong step)
    {
        limit += step;
        return 1;
    }

    private bool TryMake(Making making, int thing, ulong frames, ulong raises)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryMake(making, thing, frames, raises, out bool hasChanged))
                return true;
            if (!hasChanged)
                return false;
        }
        bench.Checks.That(making.Name, "its failure changes something", false);
        return false;
    }

    // Nothing is allocated here while there is a limit.
    private bool TryMake(
        Making making, int thing, ulong frames, ulong raises, out bool hasChanged)
    {
        hasChanged = false;
        making.Prepare(thing);
        ulong before = Look();
        Limit(frames, raises);
        ErrorCode error = making.Send();
        Limit(NoLimit, NoLimit);
        if (error == making.Answer)
            return true;
        bench.Checks.Equal(making.Name, (ulong)ErrorCode.NoMemory, (ulong)error);
        hasChanged = !making.UsesHeap && (Look() != before || !bench.Caller.HasKept);
        bench.Begin(SyscallCode.AuditMemory);
        ErrorCode audited = bench.Caller.Send();
        bench.Checks.Equal("AUDIT_MEMORY after a shortage", 0, (ulong)audited);
        if (audited == ErrorCode.None && bench.Caller.Value0 != 1)
            bench.Checks.That(making.Name, "its failure leaves what is not sound", false);
        return error != ErrorCode.NoMemory;
    }

    // Also what the kernel counts: all that it makes is counted for somebody.
    private ulong Look()
    {
        ulong hash = bench.Look();
        JobRecord job = default;
        _limits.Begin(SyscallCode.JobInfo).Put(0).Put((ulong)&job).Put((ulong)sizeof(JobRecord))
            .Send();
        foreach (ulong used in MemoryMarshal.Cast<ResourceRecord, ulong>(new(ref job.Usage)))
            hash = (hash * 31) ^ used;
        return hash;
    }

    // What needs no memory works when there is none at all.
    private void TryWithoutAny()
    {
        ulong buffer = bench.Grounds.Writable;
        ulong promised = Memory.Allocate(2 * Memory.PageBytes).Start.Value;
        Works(SyscallCode.FillRandom, promised, Memory.PageBytes);
        Limit(0, 0);
        // Safe: the program's own page, which comes now.
        ((ulong*)promised)[Memory.PageBytes / sizeof(ulong)] = 1;
        Limit(NoLimit, NoLimit);
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
        Limit(0, makesNothing ? 0 : NoLimit);
        ErrorCode error = bench.Caller.Send();
        Limit(NoLimit, NoLimit);
        bench.Checks.Equal($"{code} without memory", (ulong)ErrorCode.None, (ulong)error);
    }

    private ErrorCode Limit(ulong frames, ulong raises) =>
        _limits.Begin(SyscallCode.LimitMemory).Put(frames).Put(raises).Send();
}
