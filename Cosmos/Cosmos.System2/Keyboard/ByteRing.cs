namespace Cosmos.System;

/// <summary>
/// Bytes on their way from an interrupt handler to ordinary code: one side only puts, the other
/// only takes, so neither needs a lock. What does not fit is lost.
/// </summary>
public sealed class ByteRing
{
    private const int Capacity = 1024;

    private readonly byte[] _bytes = new byte[Capacity];
    private volatile int _taken;
    private volatile int _put;

    /// <summary>Adds a byte; allocates nothing.</summary>
    public void Put(byte value)
    {
        int next = (_put + 1) % Capacity;
        if (next == _taken)
            return;
        _bytes[_put] = value;
        _put = next;
    }

    /// <summary>Takes the oldest byte.</summary>
    public bool TryTake(out byte value)
    {
        value = 0;
        if (_taken == _put)
            return false;
        value = _bytes[_taken];
        _taken = (_taken + 1) % Capacity;
        return true;
    }
}
