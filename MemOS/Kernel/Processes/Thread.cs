using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>
/// A flow of control in a process. All it has in the processor is in its context.
/// </summary>
internal sealed unsafe class Thread
{
    /// <summary>No time limit.</summary>
    internal const ulong Never = ulong.MaxValue;

    internal Thread(Process process, ThreadContext* context)
    {
        Process = process;
        Context = context;
        Turn = new QueueNode(this);
        Alarm = new QueueNode(this);
    }

    internal Process Process { get; }

    internal ThreadContext* Context { get; }

    /// <summary>Its place among the ready threads.</summary>
    internal QueueNode Turn { get; }

    /// <summary>Its place among those that wake at a time.</summary>
    internal QueueNode Alarm { get; }

    internal ThreadState State { get; set; }

    internal WaitReason Waiting { get; set; }

    /// <summary>
    /// When the system call that it is parked in gives up, in nanoseconds since the start; null
    /// between system calls. Set once a call, so that a restart does not begin anew.
    /// </summary>
    internal ulong? Deadline { get; set; }

    /// <summary>Whether the call under way was started over to collect garbage first.</summary>
    internal bool HasCollected { get; set; }

    /// <summary>The base of FS.</summary>
    internal ulong ThreadPointer { get; set; }
}
