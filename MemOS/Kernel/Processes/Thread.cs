using MemOS.Backers;
using MemOS.Memory.Addresses;
using MemOS.Memory.Faults;
using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>The number of a thread in its process: never 0, never used again.</summary>
internal readonly record struct ThreadId(ulong Value);

/// <summary>A thread's place in a queue.</summary>
internal sealed class ThreadNode(Thread thread) : KeyNode
{
    internal Thread Thread { get; } = thread;
}

/// <summary>A thread's share of what its process has of the processor.</summary>
internal sealed class ThreadShare(Thread thread) : Share(weight: 1)
{
    internal Thread Thread { get; } = thread;
}

/// <summary>
/// A flow of control in a process. All it has in the processor is in its context.
/// </summary>
internal sealed unsafe class Thread : ListNode<Thread>
{
    /// <summary>No time limit.</summary>
    internal const ulong Never = ulong.MaxValue;

    internal Thread(Process process, ThreadId id, ThreadContext* context)
    {
        Process = process;
        Id = id;
        Context = context;
        Share = new ThreadShare(this);
        Alarm = new ThreadNode(this);
        Word = new WordWait(this);
        Backing = new BackerWait { Thread = this };
        Console = new ConsoleWait(this);
    }

    internal Process Process { get; }

    internal ThreadId Id { get; }

    /// <summary>Its registers; while it runs a handler, the handler's.</summary>
    internal ThreadContext* Context { get; set; }

    /// <summary>Its share of the processor, beside its process's other threads.</summary>
    internal ThreadShare Share { get; }

    /// <summary>Its place among those that wake at a time.</summary>
    internal ThreadNode Alarm { get; }

    /// <summary>Its place among those that wait for a word of memory.</summary>
    internal WordWait Word { get; }

    /// <summary>What it wants of a backer, and its place among those who do.</summary>
    internal BackerWait Backing { get; set; }

    /// <summary>Its place among those that wait for something typed.</summary>
    internal ConsoleWait Console { get; }

    internal ThreadState State { get; set; }

    internal WaitReason Waiting { get; set; }

    /// <summary>What it keeps of the system call under way; nothing between calls.</summary>
    // A field, as it is changed in place.
    internal CallProgress Call;

    /// <summary>What it did, while it waits for a handler to make it good.</summary>
    internal PageFault Fault { get; set; }

    /// <summary>Who waits for the same after it.</summary>
    internal Thread? NextFaulted { get; set; }

    /// <summary>Whether it has called SIGNAL_DONE and is still in the handler's context.</summary>
    internal bool HasEndedHandler { get; set; }

    /// <summary>The thread that it has just made, which gets a copy of its registers.</summary>
    internal Thread? Newborn { get; set; }

    /// <summary>The base of FS.</summary>
    internal ulong ThreadPointer { get; set; }
}
