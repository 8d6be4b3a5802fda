using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>A process's place among those of its job that handle TERMINATE.</summary>
internal sealed class InterruptListener(Process process) : ListNode<InterruptListener>
{
    internal Process Process { get; } = process;

    /// <summary>Whether it is in its job's list.</summary>
    internal bool IsListed { get; private set; }

    /// <summary>The interruption that it was told of last.</summary>
    internal ulong Told { get; set; }

    /// <summary>The process handles TERMINATE from now on.</summary>
    internal void Join()
    {
        if (IsListed)
            return;
        IsListed = true;
        Process.Job.Listeners.Add(this);
    }

    /// <summary>It does no more, or ends.</summary>
    internal void Leave()
    {
        if (!IsListed)
            return;
        IsListed = false;
        Process.Job.Listeners.Remove(this);
    }

    /// <summary>Others of its job come before it.</summary>
    internal void MoveBack()
    {
        Process.Job.Listeners.Remove(this);
        Process.Job.Listeners.Add(this);
    }
}
