namespace MemOS.Memory.Signals;

/// <summary>
/// Signals that wait for a process, the oldest first; bounded. Its room is there from the
/// beginning, so that telling a process something needs no memory.
/// </summary>
public sealed class SignalQueue
{
    /// <summary>Most signals that wait at once.</summary>
    public const int Capacity = 64;

    /// <summary>
    /// Most that wait when a process outside of the job may still add one: nobody fills the queue
    /// of a stranger.
    /// </summary>
    public const int CapacityForOutside = Capacity / 2;

    // Two arrays, as the kernel's heap gives larger objects pages of their own.
    private const int Half = Capacity / 2;

    private readonly Signal[] _low = new Signal[Half];
    private readonly Signal[] _high = new Signal[Half];
    private int _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>The next one of a pool.</summary>
    internal SignalQueue? NextFree { get; set; }

    /// <summary>Adds a signal behind all others; not if the queue is full.</summary>
    public bool TryAdd(Signal signal)
    {
        if (Count == Capacity)
            return false;
        At((_first + Count) % Capacity) = signal;
        Count++;
        return true;
    }

    /// <summary>Takes the oldest signal, if any waits.</summary>
    public bool TryTake(out Signal signal)
    {
        signal = default;
        if (Count == 0)
            return false;
        signal = At(_first);
        _first = (_first + 1) % Capacity;
        Count--;
        return true;
    }

    /// <summary>Forgets all that wait.</summary>
    internal void Clear()
    {
        Count = 0;
        _first = 0;
    }

    private ref Signal At(int index) =>
        ref index < Half ? ref _low[index] : ref _high[index - Half];
}
