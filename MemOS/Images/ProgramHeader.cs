using System;
using System.Buffers.Binary;

namespace MemOS.Images;

/// <summary>
/// An entry of the program header table (gABI 4.1, chapter 5), as the file has it: nothing in it is
/// checked.
/// </summary>
internal readonly struct ProgramHeader
{
    /// <summary>Bytes of an entry.</summary>
    internal const int Bytes = 56;

    internal ProgramHeader(ReadOnlySpan<byte> entry)
    {
        Type = (SegmentType)BinaryPrimitives.ReadUInt32LittleEndian(entry);
        Flags = (SegmentFlags)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        FileStart = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        Address = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
        FileBytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
        MemoryBytes = BinaryPrimitives.ReadUInt64LittleEndian(entry[40..]);
        Alignment = BinaryPrimitives.ReadUInt64LittleEndian(entry[48..]);
    }

    internal SegmentType Type { get; }

    internal SegmentFlags Flags { get; }

    /// <summary>Bytes from the file's start.</summary>
    internal ulong FileStart { get; }

    /// <summary>Bytes from the image's base.</summary>
    internal ulong Address { get; }

    internal ulong FileBytes { get; }

    internal ulong MemoryBytes { get; }

    internal ulong Alignment { get; }
}
