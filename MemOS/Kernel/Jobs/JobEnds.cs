using MemOS.Abi;
using MemOS.Devices;
using MemOS.Memory;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Signals;
using MemOS.Syscalls;

namespace MemOS.Jobs;

/// <summary>How far the end of a job is.</summary>
internal enum JobProgress : byte
{
    /// <summary>There is more to do at once.</summary>
    Underway,

    /// <summary>Processes that were told end by themselves, or their time passes.</summary>
    Waiting,

    /// <summary>Nothing is left of it.</summary>
    Ended,
}

/// <summary>
/// Ends jobs, a part at a time: no entry into the kernel takes long, whatever there is in a job.
/// Whoever calls END_JOB drives it on; the timer does so too, in case the caller is gone.
/// </summary>
internal static class JobEnds
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    // Empty jobs that go in one entry into the kernel: who made many leaves none for long.
    private const int RemovedAtOnce = 32;

    // Jobs that only wait and are passed over in one entry.
    private const int PassedAtOnce = 256;

    // About what it takes to tell a job that its maker ends, in instructions.
    private const ulong ForgettingCost = 200;

    private static NodeList<JobEnd> _ends;

    /// <summary>
    /// Begins to end a job: nothing is started in it any more. If that has begun before, it may
    /// become earlier.
    /// </summary>
    /// <param name="job">The job; not the first.</param>
    /// <param name="deadline">Until then processes may end by themselves.</param>
    internal static void Begin(Job job, ulong deadline)
    {
        if (job.End is { } end)
        {
            end.IsWaiting = false;
            end.Deadline = ulong.Min(end.Deadline, deadline);
            return;
        }
        _ends.Add(job.BeginEnd(deadline));
    }

    /// <summary>
    /// Does a part of what is to be done to end a job: tells or ends one process, or takes out one
    /// job.
    /// </summary>
    /// <param name="job">A job whose end has begun.</param>
    internal static JobProgress Continue(Job job) =>
        job.Living != 0 ? EndOne(job) : RemoveOne(job);

    /// <summary>Goes on with the end of a job, whoever asked for it.</summary>
    internal static void OnTick()
    {
        ulong now = Timer.Now;
        int removed = 0;
        for (int i = 0; i < PassedAtOnce && removed < RemovedAtOnce; i++)
        {
            if (_ends.First is not { } end)
                return;
            // Each in its turn.
            _ends.Remove(end);
            _ends.Add(end);
            if (end.IsWaiting && now < end.Deadline && end.Job.Living != 0)
                continue;
            bool isEmpty = end.Job.Living == 0;
            end.IsWaiting = Continue(end.Job) == JobProgress.Waiting;
            if (!isEmpty && !end.IsWaiting)
                return;
            removed++;
        }
    }

    /// <summary>A process of a job has ended: tells those who wait for the last one.</summary>
    internal static void OnEnd(Job job)
    {
        for (Job? at = job; at is not null && at.Living == 0; at = at.Parent)
        {
            ForegroundJob.OnEmpty(at);
            WordWaits.WakeAll(KernelWords.OfEmpty(at), WordWakeup.Finish);
            WordWaits.WakeAll(KernelWords.OfEnd(at), WordWakeup.StartOver);
            if (at.Maker is null && at.Parent is not null)
                Begin(at, 0);
        }
    }

    /// <summary>A process ends: the empty ones of the jobs that it made go too.</summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryForget(Process maker, ref WorkBudget budget)
    {
        while (maker.MadeJobs.First is { } made)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(ForgettingCost);
            made.Job.LeaveMaker();
            if (made.Job.Living == 0)
                Begin(made.Job, 0);
        }
        return true;
    }

    private static JobProgress EndOne(Job job)
    {
        ulong deadline = job.End!.Deadline;
        ulong now = Timer.Now;
        if (now >= deadline)
        {
            Kill(job.FirstLiving()!);
            return JobProgress.Underway;
        }
        if (job.FirstUnwarned() is not { } process)
            return JobProgress.Waiting;
        process.Job.Warn(process);
        if (process.Ending is null
            && !TryWarn(process, (deadline - now) / NanosecondsPerMillisecond))
            Kill(process);
        return JobProgress.Underway;
    }

    // One that has much to give back is there until all of it is; others come first.
    private static void Kill(Process process)
    {
        if (process.Ending is null)
            ProcessTable.End(process, new ProcessEnd(EndReason.Killed, 0, FaultKind.None));
        if (process.End is null)
            process.Job.Warn(process);
    }

    // Whether it may end by itself: it handles one of the signals that tell it to.
    private static bool TryWarn(Process process, ulong milliseconds)
    {
        SignalTable table = process.Signals.Table;
        Signal signal = table.TryGetHandler(SignalCode.WillTerminate, out _)
            ? new Signal(SignalCode.WillTerminate, milliseconds)
            : new Signal(SignalCode.Terminate);
        return table.TryGetHandler(signal.Code, out _)
            && SignalDelivery.TrySend(process, signal);
    }

    // Jobs go from the lowest up.
    private static JobProgress RemoveOne(Job job)
    {
        Job lowest = job;
        while (lowest.FirstChild is { } child)
            lowest = child;
        if (lowest.End is { } end)
            _ends.Remove(end);
        JobTable.Remove(lowest);
        return lowest == job ? JobProgress.Ended : JobProgress.Underway;
    }
}
