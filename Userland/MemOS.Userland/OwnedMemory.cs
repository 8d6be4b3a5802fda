using System;

namespace MemOS.Userland;

/// <summary>Memory of this process at one place, until it is given back.</summary>
public abstract unsafe class OwnedMemory : IDisposable
{
    private byte* _start;

    private protected OwnedMemory(Address start, nuint bytes)
    {
        _start = (byte*)start.Value;
        Bytes = bytes;
    }

    /// <summary>Size in bytes, a multiple of <see cref="Memory.PageBytes"/>.</summary>
    public nuint Bytes { get; }

    /// <summary>Where it lies.</summary>
    public Address Start => Address.Of(_start);

    /// <summary>One byte.</summary>
    /// <param name="offset">Its place, less than <see cref="Bytes"/>.</param>
    public ref byte this[nuint offset]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Bytes);
            // Safe: the range is ours until Dispose, and the offset is within it.
            return ref _start[offset];
        }
    }

    /// <summary>A part of it.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length in bytes.</param>
    public Span<byte> Slice(nuint offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((nuint)length, Bytes - offset);
        // Safe: as above.
        return new(_start + offset, length);
    }

    /// <summary>Gives it back; spans over it must not be used any more.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        GiveBack();
        HandOn();
    }

    /// <summary>The memory is someone else's now, and this object is no road to it.</summary>
    internal void HandOn() => _start = null;

    /// <summary>Tells the kernel that it is not needed any more.</summary>
    private protected abstract void GiveBack();
}
