using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory.Segments;
using MemOS.Memory.Signals;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>What a thread wants of a backer, and its place among those who do.</summary>
internal sealed class BackerWait(Thread thread)
{
    // Handlers that ran in the thread when it began to want it.
    private int _depth;

    internal Thread Thread { get; } = thread;

    /// <summary>What is to be served; null if the thread never wanted anything.</summary>
    internal BackedSegment<MachineMemory>? Segment { get; private set; }

    /// <summary>What is wanted.</summary>
    internal BackerRequest Request { get; private set; }

    /// <summary>Who wants it: an instruction or a system call.</summary>
    internal BackerUse Use { get; private set; }

    /// <summary>What came of it, until the thread has been told.</summary>
    internal BackerFailure Failure { get; set; }

    /// <summary>
    /// Whether the thread is to be told of a failure, now that it is where it was.
    /// </summary>
    internal bool HasFailed => Failure != BackerFailure.None && _depth == Depth;

    /// <summary>What a load gave; meaningless after a failure.</summary>
    internal ulong Value { get; set; }

    /// <summary>Whether the backer's handler has been told of it.</summary>
    internal bool IsAsked { get; set; }

    /// <summary>Where it waits; null while it does not.</summary>
    internal BackerQueue? Queue { get; set; }

    internal BackerWait? Next { get; set; }

    internal BackerWait? Previous { get; set; }

    /// <summary>Who is asked.</summary>
    internal ServingProcess Backer => (ServingProcess)Segment!.Backer;

    /// <summary>What the handler is told.</summary>
    internal Signal Signal => new(
        Request.Code, Backer.Segment, Request.Offset, Request.Manner, Request.Data);

    private int Depth => Thread == Thread.Process.FirstThread
        ? Thread.Process.Signals.Depth
        : 0;

    /// <summary>The thread wants something; it does not wait yet.</summary>
    internal void Begin(
        BackedSegment<MachineMemory> segment, in BackerRequest request, BackerUse use)
    {
        Segment = segment;
        Request = request;
        Use = use;
        Failure = BackerFailure.None;
        IsAsked = false;
        _depth = Depth;
    }
}
