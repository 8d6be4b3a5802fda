using System;

namespace MemOS.Userland;

/// <summary>Pages of memory that the kernel gave, until they are given back.</summary>
public sealed unsafe class Pages : IDisposable
{
    private byte* _start;

    internal Pages(Address start, nuint bytes)
    {
        _start = (byte*)start.Value;
        Bytes = bytes;
    }

    /// <summary>Size in bytes, a multiple of <see cref="Memory.PageBytes"/>.</summary>
    public nuint Bytes { get; }

    /// <summary>Where the pages lie.</summary>
    public Address Start => Address.Of(_start);

    /// <summary>One byte.</summary>
    /// <param name="offset">Its place, less than <see cref="Bytes"/>.</param>
    public ref byte this[nuint offset]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Bytes);
            // Safe: the pages are ours until Dispose, and the offset is within them.
            return ref _start[offset];
        }
    }

    /// <summary>A part of the pages.</summary>
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

    /// <summary>The pages are a segment's now, and this object is no road to them.</summary>
    internal void HandOn() => _start = null;

    /// <summary>Gives the pages back; spans over them must not be used any more.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        Memory.Free(Start, Bytes);
        _start = null;
    }
}
