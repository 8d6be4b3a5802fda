using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Core;

/// <summary>
/// A buffer with a fixed address, for instance for a device; collected when unused. What lies
/// outside of it is an <see cref="ArgumentOutOfRangeException"/>.
/// </summary>
public unsafe class ManagedMemoryBlock
{
    /// <summary>
    /// The array that the buffer is in; where it had to be aligned, the buffer starts later.
    /// </summary>
    public byte[] memory;

    /// <summary>Address of the first byte.</summary>
    public ulong Offset;

    /// <summary>In bytes.</summary>
    public uint Size;

    private readonly int _start;

    /// <summary>Gets a zeroed buffer.</summary>
    /// <param name="aByteCount">In bytes.</param>
    public ManagedMemoryBlock(uint aByteCount)
        : this(aByteCount, 1, false)
    {
    }

    /// <summary>Gets a zeroed, aligned buffer.</summary>
    /// <param name="aByteCount">In bytes.</param>
    /// <param name="aAlignment">What its address is a multiple of.</param>
    public ManagedMemoryBlock(uint aByteCount, int aAlignment)
        : this(aByteCount, aAlignment, true)
    {
    }

    /// <summary>Gets a zeroed buffer.</summary>
    /// <param name="aByteCount">In bytes.</param>
    /// <param name="aAlignment">What its address is a multiple of.</param>
    /// <param name="aAlign">Whether it is.</param>
    public ManagedMemoryBlock(uint aByteCount, int aAlignment, bool aAlign)
    {
        memory = GC.AllocateArray<byte>(checked((int)aByteCount + aAlignment - 1), pinned: true);
        // Safe: the array is pinned, so its address stays.
        Offset = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        ulong beyond = aAlign ? Offset % (ulong)aAlignment : 0;
        if (beyond != 0)
            _start = (int)((ulong)aAlignment - beyond);
        Offset += (ulong)_start;
        Size = aByteCount;
    }

    /// <summary>The buffer.</summary>
    public Span<byte> Span => memory.AsSpan(_start, (int)Size);

    /// <summary>A byte by its offset.</summary>
    public byte this[uint offset]
    {
        get => From(offset, sizeof(byte))[0];
        set => From(offset, sizeof(byte))[0] = value;
    }

    /// <summary>Sets every 32-bit unit.</summary>
    public void Fill(uint aData) => Fill(0, Size / sizeof(uint), aData);

    /// <summary>Sets 32-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(uint aByteOffset, uint aCount, uint aData) =>
        Units<uint>(aByteOffset, checked((int)aCount)).Fill(aData);

    /// <summary>Sets 32-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(int aByteOffset, int aCount, int aData) =>
        Units<int>(Unsigned(aByteOffset), aCount).Fill(aData);

    /// <summary>Copies a part of an array.</summary>
    /// <param name="aStart">Where to, in bytes.</param>
    /// <param name="aData">The array.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Copy(int aStart, byte[] aData, int aIndex, int aCount) =>
        aData.AsSpan(aIndex, aCount).CopyTo(Units<byte>(Unsigned(aStart), aCount));

    /// <summary>Copies a part of an array of 32-bit units.</summary>
    /// <param name="aStart">Where to, in units: gen2 counts so here.</param>
    /// <param name="aData">The array.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Copy(int aStart, int[] aData, int aIndex, int aCount) =>
        aData.AsSpan(aIndex, aCount).CopyTo(Units<int>(UnitOffset(aStart), aCount));

    /// <summary>Copies a piece of memory of the same size or smaller to the start.</summary>
    public void Copy(MemoryBlock block) =>
        new ReadOnlySpan<byte>(block.At(0, checked((uint)block.Size)), (int)block.Size)
            .CopyTo(Span);

    /// <summary>Copies 32-bit units out.</summary>
    /// <param name="aStart">Where from, in units: gen2 counts so here.</param>
    /// <param name="aData">Where to.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Get(int aStart, int[] aData, int aIndex, int aCount) =>
        Units<int>(UnitOffset(aStart), aCount).CopyTo(aData.AsSpan(aIndex, aCount));

    /// <summary>Writes 8 bits at an offset in bytes.</summary>
    public void Write8(uint aByteOffset, byte value) => this[aByteOffset] = value;

    /// <summary>Reads 16 bits at an offset in bytes.</summary>
    public ushort Read16(uint aByteOffset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(From(aByteOffset, sizeof(ushort)));

    /// <summary>Writes 16 bits at an offset in bytes.</summary>
    public void Write16(uint aByteOffset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(From(aByteOffset, sizeof(ushort)), value);

    /// <summary>Reads 32 bits at an offset in bytes.</summary>
    public uint Read32(uint aByteOffset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(From(aByteOffset, sizeof(uint)));

    /// <summary>Writes 32 bits at an offset in bytes.</summary>
    public void Write32(uint aByteOffset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(From(aByteOffset, sizeof(uint)), value);

    /// <summary>Writes the low byte of each character, without an end mark.</summary>
    public void WriteString(uint aByteOffset, string value)
    {
        Span<byte> bytes = From(aByteOffset, (uint)value.Length);
        for (int i = 0; i < value.Length; i++)
            bytes[i] = (byte)value[i];
    }

    private static uint Unsigned(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return (uint)value;
    }

    private static uint UnitOffset(int index) => checked(Unsigned(index) * sizeof(int));

    private Span<T> Units<T>(uint offset, int count)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(From(offset, checked(Unsigned(count) * (uint)sizeof(T))));

    private Span<byte> From(uint offset, uint bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Size - offset, nameof(offset));
        return Span.Slice((int)offset, (int)bytes);
    }
}
