using System;
using System.Buffers.Binary;

namespace MemOS.Tests.Host.Images;

/// <summary>A program header, with any values.</summary>
internal sealed record ElfHeaderEntry(
    uint Type, uint Flags, ulong FileStart, ulong Address, ulong FileBytes, ulong MemoryBytes,
    ulong Alignment = 4096)
{
    internal static ElfHeaderEntry Read(ReadOnlySpan<byte> entry) => new(
        BitConverter.ToUInt32(entry), BitConverter.ToUInt32(entry[4..]),
        BitConverter.ToUInt64(entry[8..]), BitConverter.ToUInt64(entry[16..]),
        BitConverter.ToUInt64(entry[32..]), BitConverter.ToUInt64(entry[40..]),
        BitConverter.ToUInt64(entry[48..]));

    internal void Write(Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, Type);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], FileStart);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], Address);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[32..], FileBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[40..], MemoryBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[48..], Alignment);
    }
}
