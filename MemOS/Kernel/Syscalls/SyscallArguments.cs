using System;
using System.Buffers.Binary;

namespace MemOS.Syscalls;

/// <summary>A call's arguments: little-endian, packed in their order (docs/abi.md).</summary>
/// <param name="bytes">All of them.</param>
internal ref struct SyscallArguments(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The next one, of one byte.</summary>
    internal byte TakeByte() => Take(sizeof(byte))[0];

    /// <summary>The next one, of two bytes.</summary>
    internal ushort TakeUInt16() =>
        BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    /// <summary>The next one, of four bytes.</summary>
    internal uint TakeUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>The next one, of eight bytes.</summary>
    internal ulong TakeUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>
    /// The next one, a buffer: an address and a length. Nothing of it is checked.
    /// </summary>
    internal (ulong Start, ulong Bytes) TakeBuffer() => (TakeUInt64(), TakeUInt64());

    private ReadOnlySpan<byte> Take(int bytes)
    {
        ReadOnlySpan<byte> taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
