using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>The place of a job among those that the same process made.</summary>
internal sealed class MadeJob(Job job) : ListNode<MadeJob>
{
    /// <summary>The job.</summary>
    internal Job Job { get; } = job;
}
