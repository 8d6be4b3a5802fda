using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemOS.Syscalls;

/// <summary>A call's arguments: little-endian, packed in their order (docs/abi.md).</summary>
/// <param name="bytes">All of them.</param>
internal ref struct SyscallArguments(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The next one, of one byte.</summary>
    internal byte TakeByte() => Take<byte>();

    /// <summary>The next one, of two bytes.</summary>
    internal ushort TakeUInt16() => Take<ushort>();

    /// <summary>The next one, of four bytes.</summary>
    internal uint TakeUInt32() => Take<uint>();

    /// <summary>The next one, of eight bytes.</summary>
    internal ulong TakeUInt64() => Take<ulong>();

    /// <summary>
    /// The next one, a buffer: an address and a length. Nothing of it is checked.
    /// </summary>
    internal (ulong Start, ulong Bytes) TakeBuffer() => (TakeUInt64(), TakeUInt64());

    // The processor is little-endian too.
    private T Take<T>()
        where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[Unsafe.SizeOf<T>()..];
        return value;
    }
}
