using MemOS.Abi;
using MemOS.Consoles;
using MemOS.Devices;
using MemOS.Processes;
using MemOS.Syscalls;

namespace MemOS.Jobs;

/// <summary>
/// The job that has the console: only its processes read what is typed. Readers of others wait
/// until theirs has it.
/// </summary>
internal static class ForegroundJob
{
    /// <summary>The job.</summary>
    internal static Job Current { get; private set; } = null!;

    /// <summary>The first job begins with the console.</summary>
    internal static void Start() => Current = JobTable.Root;

    /// <summary>Gives the console to a job.</summary>
    /// <param name="job">Who gets it; its end has not begun.</param>
    /// <param name="giver">
    /// Who has it again when that one is empty: the same job, or one above it.
    /// </param>
    internal static void Give(Job job, Job giver)
    {
        if (job != giver)
            job.Giver = giver;
        Enter(job);
    }

    /// <summary>
    /// Nothing runs in a job any more: if it has the console, that goes back to the job that gave
    /// it, or the one that gave it to that.
    /// </summary>
    internal static void OnEmpty(Job job)
    {
        if (job != Current || job.Parent is null)
            return;
        while (job.Living == 0 && job.Parent is not null)
            job = job.Giver ?? job.Parent;
        Enter(job);
    }

    /// <summary>Has a thread wait until something is typed for its job.</summary>
    internal static void Wait(ConsoleWait wait)
    {
        wait.IsQueued = true;
        wait.Job.Readers.Add(wait);
    }

    /// <summary>Takes a thread out, if it waits.</summary>
    internal static void Withdraw(ConsoleWait wait)
    {
        if (!wait.IsQueued)
            return;
        wait.IsQueued = false;
        wait.Job.Readers.Remove(wait);
    }

    /// <summary>
    /// Wakes the one that has waited longest, if there is something to read. To be called when
    /// something is typed, when it was read in part, and at each tick: a reader that is woken and
    /// does not come to read, as it ends, leaves it to the next one.
    /// </summary>
    internal static void WakeReader()
    {
        if (!SystemConsole.Input.IsEmpty && Current.Readers.First is { } wait)
            Scheduler.MakeReady(wait.Thread);
    }

    private static void Enter(Job job)
    {
        Current = job;
        SystemConsole.Input.ControlC =
            job.Has(Authority.Keys) ? ControlC.Typed : ControlC.Interrupts;
        WakeReader();
    }
}
