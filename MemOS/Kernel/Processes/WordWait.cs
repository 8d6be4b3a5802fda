namespace MemOS.Processes;

/// <summary>A word of memory, as threads of any process find it.</summary>
/// <param name="Process">Who names it.</param>
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
    internal bool IsSame(in Word other) =>
        (Shared != 0 && Shared == other.Shared)
            || (Address == other.Address && Process == other.Process);
}

/// <summary>A thread's place among those that wait for words.</summary>
internal sealed class WordWait(Thread thread) : ListNode<WordWait>
{
    internal Thread Thread { get; } = thread;

    internal Word Word { get; set; }

    internal bool IsQueued { get; set; }
}
