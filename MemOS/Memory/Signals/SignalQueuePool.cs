namespace MemOS.Memory.Signals;

/// <summary>
/// Queues of processes that have ended, for those that begin: short-lived processes leave nothing
/// of them to the collector.
/// </summary>
public sealed class SignalQueuePool
{
    // Some 80 KB.
    private const int Most = 32;

    private SignalQueue? _first;
    private int _count;

    /// <summary>An empty queue that nobody has.</summary>
    public SignalQueue Take()
    {
        if (_first is not { } queue)
            return new SignalQueue();
        _first = queue.NextFree;
        queue.NextFree = null;
        _count--;
        return queue;
    }

    /// <summary>Takes back one that nobody uses any more, unless there are enough.</summary>
    public void Return(SignalQueue queue)
    {
        if (_count == Most)
            return;
        queue.Clear();
        queue.NextFree = _first;
        _first = queue;
        _count++;
    }
}
