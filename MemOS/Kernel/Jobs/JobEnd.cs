using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>The end of a job, which has begun.</summary>
internal sealed class JobEnd(Job job) : ListNode<JobEnd>
{
    /// <summary>The job.</summary>
    internal Job Job { get; } = job;

    /// <summary>Until then, nanoseconds since the start, processes may end by themselves.
    /// </summary>
    internal ulong Deadline { get; set; }
}
