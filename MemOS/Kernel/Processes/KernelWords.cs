using MemOS.Jobs;

namespace MemOS.Processes;

/// <summary>
/// Words that are no memory: each stands for something of the kernel's that threads wait for. They
/// are no process's, and no two are the same: by number and kind, and the one of no number.
/// </summary>
internal static class KernelWords
{
    private const ulong Kinds = 8;

    private enum Kind : ulong
    {
        EmptyJob = 0,
        Children = 1,
        EndOfJob = 4,
    }

    /// <summary>What is told when there is room for what is written to the console.</summary>
    internal static Word OfLine => default;

    /// <summary>What is told when a child of a process ends.</summary>
    internal static Word OfChildren(Process parent) => Of(parent.Id.Value, Kind.Children);

    /// <summary>What is told when no process is left in a job and below.</summary>
    internal static Word OfEmpty(Job job) => Of(job.Id.Value, Kind.EmptyJob);

    /// <summary>What wakes who ends a job, as there may be something to do.</summary>
    internal static Word OfEnd(Job job) => Of(job.Id.Value, Kind.EndOfJob);

    // Numbers begin at 1.
    private static Word Of(ulong number, Kind kind) =>
        new(default, (number * Kinds) + (ulong)kind, 0);
}
