namespace MemOS.Processes;

/// <summary>A word of memory, as threads of any process find it.</summary>
/// <param name="Process">Who names it; none for the kernel's own words.</param>
/// <param name="Address">Where it lies there; a multiple of four.</param>
/// <param name="Shared">
/// Where it lies in the direct map if it belongs to a segment, so that others may have it too;
/// else 0.
/// </param>
internal readonly record struct Word(ProcessId Process, ulong Address, ulong Shared)
{
    /// <summary>
    /// Whether both are the same word. Memory that is not a segment's is not compared by its
    /// place in RAM, which changes when it is copied, and which a copy may share for a while.
    /// </summary>
    internal bool IsSame(in Word other) => (Shared | other.Shared) != 0
        ? Shared == other.Shared
        : Address == other.Address && Process == other.Process;
}

/// <summary>What is done for all who wait for a word.</summary>
internal enum WordWakeup : byte
{
    /// <summary>Nothing: they wait.</summary>
    None,

    /// <summary>Their calls are finished.</summary>
    Finish,

    /// <summary>Their calls start over.</summary>
    StartOver,
}

/// <summary>
/// A thread's place among those that wait for words. Those that wait for the same one are a ring,
/// the longest first; only that one stands in a list.
/// </summary>
internal sealed class WordWait : ListNode<WordWait>
{
    internal WordWait(Thread thread)
    {
        Thread = thread;
        Later = this;
        Earlier = this;
    }

    internal Thread Thread { get; }

    internal Word Word { get; set; }

    internal bool IsQueued { get; set; }

    /// <summary>The line of its word.</summary>
    internal int Line { get; set; }

    /// <summary>Whether it is the first of its ring.</summary>
    internal bool IsFirst { get; set; }

    /// <summary>What is done for the ring; the first one's counts.</summary>
    internal WordWakeup Wakeup { get; set; }

    /// <summary>Who waits next longest; of the last, the first.</summary>
    internal WordWait Later { get; private set; }

    /// <summary>Who waits next longer; of the first, the last.</summary>
    internal WordWait Earlier { get; private set; }

    /// <summary>Adds one that waits alone at the end of this one's ring; this is the first.
    /// </summary>
    internal void Append(WordWait last)
    {
        last.Later = this;
        last.Earlier = Earlier;
        Earlier.Later = last;
        Earlier = last;
    }

    /// <summary>Takes it out of its ring.</summary>
    internal void Leave()
    {
        Earlier.Later = Later;
        Later.Earlier = Earlier;
        Later = this;
        Earlier = this;
    }
}
