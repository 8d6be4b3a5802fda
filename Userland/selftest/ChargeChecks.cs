using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Every call while the job of its caller reaches each of its limits: another process, outside of
/// the job, sets them.
/// </summary>
internal static unsafe class ChargeChecks
{
    // The least object of the kernel is not smaller.
    private const ulong KernelStep = 64;

    /// <summary>Starts who makes the calls, and sets the limits that it asks for.</summary>
    internal static int Run()
    {
        Segment segment = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        // Safe: the segment keeps its page.
        LimitBox* box = (LimitBox*)segment.Original!.Start.Value;
        Job job = Job.Create(authority: Job.Own.Info.Authority);
        ProcessId caller = Process.Spawn("selftest", ["charged", $"{segment.Id}"], job);
        job.SetForeground();
        segment.Share(caller, SharingMode.Read | SharingMode.Write);
        Caller setter = new();
        ProcessEnd end;
        while (!Process.TryWait(caller, 0, out end))
        {
            if (Volatile.Read(ref box->Asked) == box->Done)
            {
                Process.HandOver();
                continue;
            }
            setter.Begin(SyscallCode.SetJobLimits).Put(job.Id.Value).Put((ulong)&box->Limits)
                .Put((ulong)sizeof(ResourceRecord)).Put(Job.UsualWeight, sizeof(ushort)).Send();
            Volatile.Write(ref box->Done, box->Asked);
        }
        job.End();
        if (!end.IsSuccess)
            Console.WriteLine($"charge: the caller has ended: {end}");
        return end.IsSuccess ? 0 : 1;
    }

    /// <summary>Makes the calls.</summary>
    /// <param name="id">The segment of a <see cref="LimitBox"/>.</param>
    internal static int Try(SegmentId id)
    {
        const uint Patience = 60_000;
        LimitBox* box = (LimitBox*)Segment.Open(id, Patience).Map().Start.Value;
        Shortage[] limits =
        [
            new JobShortage(box, 0, Memory.PageBytes), new JobShortage(box, 1, KernelStep),
            new JobShortage(box, 2, 1), new JobShortage(box, 3, 1), new JobShortage(box, 4, 1),
            new JobShortage(box, 5, 1),
        ];
        Workbench bench = new();
        new Sweep(bench, limits, Audits.EachKind).Run("charge");
        return bench.Checks.Print();
    }
}
