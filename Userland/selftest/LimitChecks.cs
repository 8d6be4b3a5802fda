using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Limits of jobs: that they are reached exactly, that all comes back, and that who fills a job
/// leaves the others alone.
/// </summary>
internal sealed unsafe class LimitChecks(Workbench bench)
{
    private const ulong BombProcesses = 12;

    internal void Run()
    {
        JobUsage before = Settled();
        foreach ((int place, string name) in Limited.Resources)
            TryLimit(place, name);
        TrySignals();
        TryBomb();
        JobUsage after = Settled();
        bench.Checks.That($"all of it comes back: {before}, then {after}", before == after);
    }

    private void TryLimit(int place, string name)
    {
        // Copies of a process are the largest of them: machines have memory for so many.
        const ulong More = 8;
        const ulong MoreBytes = 1 << 20;
        Job job = Job.Create(weight: Limited.WeightBeforeLimit);
        ProcessId child = Process.Spawn("selftest", ["limited", $"{place}"], job);
        while (!Confined.IsListening(child))
            Clock.Sleep(1);
        SetLimit(job, place, Used(job, place) + (place < 2 ? MoreBytes : More));
        ProcessEnd end = Process.Wait(child);
        bench.Checks.That($"the limit of {name} is reached: {end}", end.IsSuccess);
        bench.Checks.That($"{name} come back with the process",
            job.Info.Usage == new JobUsage(0, 0, 0, 0, 0, 0, 0));
        job.End();
    }

    // Signals that wait are their receiver's.
    private void TrySignals()
    {
        const int Place = 6;
        const ulong Most = 5;
        Job job = Job.Create(new JobLimits { QueuedSignals = Most });
        ProcessId child = Process.Spawn("selftest", ["spin"], job);
        // Kept until the job has ended: an end of sharing is a signal that waits as well.
        List<Segment> shared = [];
        bool isTold = true;
        while (isTold && (ulong)shared.Count <= Most)
            isTold = TryShare(child, shared);
        bench.Checks.Equal("the limit of signals that wait is reached", Most,
            (ulong)shared.Count);
        bench.Checks.Equal("signals that wait are counted", Most, Used(job, Place));
        job.End();
        Process.Wait(child);
        foreach (Segment segment in shared)
            segment.Dispose();
    }

    private static bool TryShare(ProcessId receiver, List<Segment> shared)
    {
        Segment segment = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        if (segment.TryShare(receiver, SharingMode.Read) == ErrorCode.None)
        {
            shared.Add(segment);
            return true;
        }
        segment.Dispose();
        return false;
    }

    // The others go on: a process can be started beside it.
    private void TryBomb()
    {
        Job job = Job.Create(new JobLimits { Processes = BombProcesses });
        ProcessId bomb = Process.Spawn("selftest", ["bomb"], job);
        while (job.Info.Usage.Processes < BombProcesses)
            Clock.Sleep(1);
        ProcessEnd other = Process.Wait(Process.Spawn("selftest", "exit"));
        bench.Checks.That("a process starts beside a fork bomb", other.Reason == EndReason.Exited);
        bench.Checks.Equal("a fork bomb has as many processes as it may", BombProcesses,
            job.Info.Usage.Processes);
        job.End();
        bench.Checks.That("END_JOB ends the first of a fork bomb",
            Process.Wait(bomb).Reason == EndReason.Killed);
        bench.Checks.That("END_JOB ends all of a fork bomb",
            !Array.Exists(Process.List(), one => one.Job == job.Id));
    }

    private static void SetLimit(Job job, int place, ulong limit)
    {
        JobLimits none = new();
        job.SetLimits(place switch
        {
            0 => none with { CommittedBytes = limit },
            1 => none with { KernelBytes = limit },
            2 => none with { Processes = limit },
            3 => none with { Threads = limit },
            4 => none with { Segments = limit },
            _ => none with { Regions = limit },
        });
    }

    private static ulong Used(Job job, int place)
    {
        JobUsage usage = job.Info.Usage;
        ulong[] all =
        [
            usage.CommittedBytes, usage.KernelBytes, usage.Processes, usage.Threads,
            usage.Segments, usage.Regions, usage.QueuedSignals,
        ];
        return all[place];
    }

    // Without the memory of this process, whose heap comes and goes.
    private static JobUsage Settled() => Job.Own.Info.Usage with
    {
        CommittedBytes = 0,
        KernelBytes = 0,
        Regions = 0,
    };
}
