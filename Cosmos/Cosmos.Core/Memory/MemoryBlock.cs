using System;
using System.Runtime.InteropServices;

namespace Cosmos.Core;

/// <summary>A piece of physical memory, for instance of a device. Owns nothing.</summary>
/// <remarks>
/// Reaches memory by the identity map: below 4 GB always, above what was covered.
/// </remarks>
public unsafe class MemoryBlock
{
    /// <summary>Physical address of the first byte.</summary>
    public readonly nuint Base;

    /// <summary>In bytes.</summary>
    public readonly nuint Size;

    /// <summary>The piece in units of 8 bits.</summary>
    public readonly MemoryBlock8 Bytes;

    /// <summary>The piece in units of 16 bits.</summary>
    public readonly MemoryBlock16 Words;

    /// <summary>The piece in units of 32 bits.</summary>
    public readonly MemoryBlock32 DWords;

    /// <summary>Views a piece of memory.</summary>
    /// <param name="aBase">Physical address.</param>
    /// <param name="aByteCount">In bytes.</param>
    public MemoryBlock(nuint aBase, nuint aByteCount)
    {
        Base = aBase;
        Size = aByteCount;
        Bytes = new MemoryBlock8(this);
        Words = new MemoryBlock16(this);
        DWords = new MemoryBlock32(this);
    }

    /// <summary>A 32-bit unit by its offset in bytes.</summary>
    /// <exception cref="IndexOutOfRangeException">It is not inside.</exception>
    public uint this[uint aByteOffset]
    {
        get => *(uint*)At(aByteOffset, sizeof(uint));
        set => *(uint*)At(aByteOffset, sizeof(uint)) = value;
    }

    /// <summary>Sets every byte.</summary>
    public void Fill(byte aData) => Span(0, Size).Fill(aData);

    /// <summary>Sets every 32-bit unit.</summary>
    public void Fill(uint aData) => Fill(0, Size / sizeof(uint), aData);

    /// <summary>Sets 32-bit units.</summary>
    /// <param name="aStart">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(nuint aStart, nuint aCount, uint aData) =>
        MemoryMarshal.Cast<byte, uint>(Span(aStart, aCount * sizeof(uint))).Fill(aData);

    /// <summary>Copies from an array to the start.</summary>
    public void Copy(byte[] aData) => Copy(0, aData, 0, aData.Length);

    /// <summary>Copies from an array.</summary>
    public void Copy(nuint aStart, byte[] aData, int aIndex, int aCount) =>
        aData.AsSpan(aIndex, aCount).CopyTo(Span(aStart, (nuint)aCount));

    /// <summary>Copies from an array of 32-bit units.</summary>
    public void Copy(nuint aStart, int[] aData, int aIndex, int aCount) =>
        MemoryMarshal.AsBytes(aData.AsSpan(aIndex, aCount))
            .CopyTo(Span(aStart, (nuint)aCount * sizeof(int)));

    /// <summary>Copies another piece of the same size or smaller to the start.</summary>
    public void Copy(MemoryBlock block) => block.Span(0, block.Size).CopyTo(Span(0, block.Size));

    /// <summary>Moves bytes within the piece.</summary>
    public void MoveDown(nuint aDest, nuint aSrc, nuint aCount) =>
        Span(aSrc, aCount).CopyTo(Span(aDest, aCount));

    /// <summary>Copies 32-bit units out.</summary>
    public void Read32(uint[] aBuffer) =>
        Span(0, (nuint)aBuffer.Length * sizeof(uint))
            .CopyTo(MemoryMarshal.AsBytes(aBuffer.AsSpan()));

    /// <summary>Copies bytes out.</summary>
    public void Read8(byte[] aBuffer) => Span(0, (nuint)aBuffer.Length).CopyTo(aBuffer);

    internal byte* At(nuint offset, uint bytes)
    {
        if (offset > Size || bytes > Size - offset)
            throw new IndexOutOfRangeException();
        return (byte*)Base + offset;
    }

    private Span<byte> Span(nuint offset, nuint bytes) =>
        new(At(offset, checked((uint)bytes)), checked((int)bytes));
}

/// <summary>A piece of memory in units of 8 bits.</summary>
public sealed unsafe class MemoryBlock8(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public byte this[uint aByteOffset]
    {
        get => *aBlock.At(aByteOffset, sizeof(byte));
        set => *aBlock.At(aByteOffset, sizeof(byte)) = value;
    }
}

/// <summary>A piece of memory in units of 16 bits.</summary>
public sealed unsafe class MemoryBlock16(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public ushort this[uint aByteOffset]
    {
        get => *(ushort*)aBlock.At(aByteOffset, sizeof(ushort));
        set => *(ushort*)aBlock.At(aByteOffset, sizeof(ushort)) = value;
    }
}

/// <summary>A piece of memory in units of 32 bits.</summary>
public sealed unsafe class MemoryBlock32(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public uint this[uint aByteOffset]
    {
        get => *(uint*)aBlock.At(aByteOffset, sizeof(uint));
        set => *(uint*)aBlock.At(aByteOffset, sizeof(uint)) = value;
    }
}
