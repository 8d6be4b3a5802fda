using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Cosmos.Core;

/// <summary>
/// A buffer with a fixed address, for instance for a device; collected when unused.
/// </summary>
public unsafe class ManagedMemoryBlock
{
    private readonly byte[] _memory;
    private readonly int _start;

    /// <summary>Gets a zeroed buffer.</summary>
    /// <param name="aByteCount">In bytes.</param>
    public ManagedMemoryBlock(nuint aByteCount)
        : this(aByteCount, 1)
    {
    }

    /// <summary>Gets a zeroed, aligned buffer.</summary>
    /// <param name="aByteCount">In bytes.</param>
    /// <param name="aAlignment">A power of two.</param>
    public ManagedMemoryBlock(nuint aByteCount, int aAlignment)
    {
        int size = checked((int)aByteCount);
        _memory = GC.AllocateArray<byte>(size + aAlignment - 1, pinned: true);
        // Safe: the array is pinned, so its address stays.
        nuint address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        nuint aligned = (address + (nuint)aAlignment - 1) & ~((nuint)aAlignment - 1);
        _start = (int)(aligned - address);
        Offset = aligned;
        Size = aByteCount;
    }

    /// <summary>Address of the first byte.</summary>
    public nuint Offset { get; }

    /// <summary>In bytes.</summary>
    public nuint Size { get; }

    /// <summary>The buffer.</summary>
    public Span<byte> Memory => _memory.AsSpan(_start, (int)Size);

    /// <summary>A byte by its offset.</summary>
    public byte this[uint aByteOffset]
    {
        get => Memory[(int)aByteOffset];
        set => Memory[(int)aByteOffset] = value;
    }

    /// <summary>Sets every byte.</summary>
    public void Fill(byte aData) => Memory.Fill(aData);

    /// <summary>Sets every 32-bit unit.</summary>
    public void Fill(uint aData)
    {
        for (uint i = 0; i + sizeof(uint) <= Size; i += sizeof(uint))
            Write32(i, aData);
    }

    /// <summary>Copies another buffer of the same size or smaller to the start.</summary>
    public void Copy(ManagedMemoryBlock block) => block.Memory.CopyTo(Memory);

    /// <summary>Reads 16 bits at an offset in bytes.</summary>
    public ushort Read16(uint aByteOffset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(Memory[(int)aByteOffset..]);

    /// <summary>Reads 32 bits at an offset in bytes.</summary>
    public uint Read32(uint aByteOffset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(Memory[(int)aByteOffset..]);

    /// <summary>Writes 16 bits at an offset in bytes.</summary>
    public void Write16(uint aByteOffset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Memory[(int)aByteOffset..], value);

    /// <summary>Writes 32 bits at an offset in bytes.</summary>
    public void Write32(uint aByteOffset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(Memory[(int)aByteOffset..], value);
}
