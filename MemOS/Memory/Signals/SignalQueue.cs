namespace MemOS.Memory.Signals;

/// <summary>Signals that wait for a process, the oldest first; bounded.</summary>
public sealed class SignalQueue
{
    /// <summary>Most signals that wait at once.</summary>
    public const int Capacity = 64;

    private Signal[] _signals = [];
    private int _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a signal behind all others; not if the queue is full.</summary>
    public bool TryAdd(Signal signal)
    {
        if (Count == Capacity)
            return false;
        // Most processes never get a signal, so the room comes with the first.
        if (_signals.Length == 0)
            _signals = new Signal[Capacity];
        _signals[(_first + Count) % Capacity] = signal;
        Count++;
        return true;
    }

    /// <summary>Takes the oldest signal, if any waits.</summary>
    public bool TryTake(out Signal signal)
    {
        signal = default;
        if (Count == 0)
            return false;
        signal = _signals[_first];
        _first = (_first + 1) % Capacity;
        Count--;
        return true;
    }
}
