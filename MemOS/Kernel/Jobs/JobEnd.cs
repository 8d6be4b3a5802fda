using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>The end of a job, and its place among those that have begun.</summary>
internal sealed class JobEnd(Job job) : ListNode<JobEnd>
{
    /// <summary>The job.</summary>
    internal Job Job { get; } = job;

    /// <summary>Whether it has begun.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>
    /// Whether all of its processes have been told: there is nothing to do before the deadline.
    /// </summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Until then, nanoseconds since the start, processes may end by themselves.
    /// </summary>
    internal ulong Deadline { get; set; }
}
