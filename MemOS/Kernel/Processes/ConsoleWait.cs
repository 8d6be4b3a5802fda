using MemOS.Jobs;

namespace MemOS.Processes;

/// <summary>A thread's place among those of its job that wait for something typed.</summary>
internal sealed class ConsoleWait(Thread thread) : ListNode<ConsoleWait>
{
    internal Thread Thread { get; } = thread;

    internal bool IsQueued { get; set; }

    /// <summary>The job of the thread's process.</summary>
    internal Job Job => Thread.Process.Job;
}
