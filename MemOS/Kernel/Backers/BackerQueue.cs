using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// Who waits for a process to serve it, the longest first, and what its handler has been asked: one
/// thing at a time. There is no limit to the length, as each thread waits once.
/// </summary>
internal sealed class BackerQueue : ListNode<BackerQueue>
{
    private NodeList<BackerWait> _line;
    private BackerRequest _request;
    private ulong _limit;

    /// <summary>Whether there are some to tell, in pieces.</summary>
    internal bool IsTelling { get; set; }

    /// <summary>Who is looked at next; null at the end.</summary>
    internal BackerWait? NextToTell { get; set; }

    /// <summary>What those are told who want what was asked for.</summary>
    internal BackerFailure Outcome { get; set; }

    /// <summary>Whether all others are told too, that the process has ended.</summary>
    internal bool TellsAll { get; set; }

    /// <summary>The one that the handler was asked for, if that still waits here.</summary>
    internal BackerWait? AskedFirst { get; private set; }

    /// <summary>Who has waited longest.</summary>
    internal BackerWait? First => _line.First;

    /// <summary>What the handler that runs is asked to serve; null while none runs.</summary>
    internal BackedSegment<MachineMemory>? Asked { get; private set; }

    /// <summary>What it is asked for. Whoever wanted it may want something else by now.</summary>
    internal BackerRequest AskedFor => _request;

    /// <summary>How many requests wait for one another, this one the last; or 0.</summary>
    internal int AskedLength { get; private set; }

    /// <summary>
    /// Whether an answer has taken so long that nobody may wait for it any more.
    /// </summary>
    internal bool IsLate => Timer.Now >= _limit;

    /// <summary>
    /// What the first thread itself wants, which does not wait in the queue: it goes on by running
    /// the handler.
    /// </summary>
    internal BackerWait? Own { get; set; }

    /// <summary>Whether a signal of another kind should come before the next request.</summary>
    internal bool HasJustServed { get; set; }

    /// <summary>Adds a thread that waits for nothing yet.</summary>
    internal void Add(BackerWait wait)
    {
        Ensure.That(wait.Queue is null, "a thread waits once");
        wait.Queue = this;
        _line.Add(wait);
    }

    /// <summary>Takes a thread out of the queue that it is in, if it is in one.</summary>
    internal static void Remove(BackerWait wait)
    {
        if (wait.Queue is { } queue)
            queue.TakeOut(wait);
    }

    /// <summary>
    /// A thread goes on without an answer: it is taken out, unless the backer is at its load or
    /// store. Then it has to come back for the answer.
    /// </summary>
    internal static void Withdraw(BackerWait wait)
    {
        if (wait.Queue is { } queue && !wait.IsBinding)
            queue.TakeOut(wait);
    }

    /// <summary>The handler is entered for a thread, and for all who want the same page.</summary>
    /// <param name="wait">The first of the queue, or the first thread's own.</param>
    internal void Ask(BackerWait wait)
    {
        Asked = wait.Segment;
        _request = wait.Request;
        _limit = wait.Limit;
        AskedLength = wait.Length;
        wait.IsAsked = true;
        AskedFirst = wait.Queue == this ? wait : null;
        HasJustServed = true;
    }

    /// <summary>The handler has ended.</summary>
    internal void EndAsked()
    {
        Asked = null;
        AskedFirst = null;
        AskedLength = 0;
    }

    /// <summary>The handler will never end; what it was asked is to be asked again.</summary>
    internal void Abandon()
    {
        if (AskedFirst is { } wait)
            wait.IsAsked = false;
        EndAsked();
        Own = null;
    }

    /// <summary>Whether the answer to what is asked is for this thread too.</summary>
    internal bool IsAnswered(BackerWait wait) =>
        wait.IsAsked || (_request.IsForPage && wait.Request.IsForPage
            && wait.Segment == Asked && wait.Request.Offset == _request.Offset);

    private void TakeOut(BackerWait wait)
    {
        if (wait == NextToTell)
            NextToTell = wait.Next;
        if (wait == AskedFirst)
            AskedFirst = null;
        _line.Remove(wait);
        wait.Queue = null;
        wait.IsAsked = false;
    }
}
