using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>A place where this process sees a segment, until it is disposed of.</summary>
public sealed unsafe class Mapping : IDisposable
{
    private readonly SegmentId _segment;
    private byte* _start;

    internal Mapping(SegmentId segment, Address start, nuint bytes)
    {
        _segment = segment;
        _start = (byte*)start.Value;
        Bytes = bytes;
    }

    /// <summary>Size in bytes, a multiple of <see cref="Memory.PageBytes"/>.</summary>
    public nuint Bytes { get; }

    /// <summary>Where it lies.</summary>
    public Address Start => Address.Of(_start);

    /// <summary>One byte.</summary>
    /// <param name="offset">Its place, less than <see cref="Bytes"/>.</param>
    /// <remarks>
    /// Use of a mapping that was taken away, by the segment's sharer or by this process, ends the
    /// process as any use of memory does that is not there.
    /// </remarks>
    public ref byte this[nuint offset]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Bytes);
            // Safe: the kernel keeps the range for the segment, and the offset is within it.
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

    /// <summary>Unmaps it, if it still is there; the segment stays.</summary>
    public void Dispose()
    {
        if (_start is null)
            return;
        Syscall.Invoke(new PairBlock(SyscallCode.UnmapAms, _segment.Value, Start.Value));
        _start = null;
    }
}
