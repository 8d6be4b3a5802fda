namespace Cosmos.System;

/// <summary>
/// Bytes on their way from an interrupt handler to ordinary code: one side only puts, the other
/// only takes, so neither needs a lock. What does not fit is lost.
/// </summary>
/// <param name="capacity">Bytes that it holds.</param>
public sealed class ByteRing(int capacity)
{
    // One more than it holds: full and empty must look different.
    private readonly byte[] _bytes = new byte[capacity + 1];
    private volatile int _taken;
    private volatile int _put;

    /// <summary>Whether there is nothing to take.</summary>
    public bool IsEmpty => _taken == _put;

    /// <summary>Bytes that can be put now.</summary>
    public int Room
    {
        get
        {
            int used = _put - _taken;
            return used < 0 ? -used - 1 : capacity - used;
        }
    }

    /// <summary>Adds a byte; allocates nothing.</summary>
    public void Put(byte value)
    {
        int next = Next(_put);
        if (next == _taken)
            return;
        _bytes[_put] = value;
        _put = next;
    }

    /// <summary>Takes the oldest byte.</summary>
    public bool TryTake(out byte value)
    {
        value = 0;
        if (IsEmpty)
            return false;
        value = _bytes[_taken];
        _taken = Next(_taken);
        return true;
    }

    private int Next(int index) => index == capacity ? 0 : index + 1;
}
