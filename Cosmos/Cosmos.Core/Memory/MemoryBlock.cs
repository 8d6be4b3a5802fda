using System;

namespace Cosmos.Core;

/// <summary>A piece of physical memory, for instance of a device. Owns nothing.</summary>
/// <remarks>
/// Reaches memory by the identity map: below 4 GB always, above what was covered. What lies
/// outside of the piece is an <see cref="IndexOutOfRangeException"/>.
/// </remarks>
public unsafe class MemoryBlock
{
    /// <summary>Physical address of the first byte.</summary>
    public readonly nuint Base;

    /// <summary>In bytes.</summary>
    public readonly nuint Size;

    /// <summary>The piece in units of 8 bits.</summary>
    public readonly MemoryBlock08 Bytes;

    /// <summary>The piece in units of 16 bits.</summary>
    public readonly MemoryBlock16 Words;

    /// <summary>The piece in units of 32 bits.</summary>
    public readonly MemoryBlock32 DWords;

    /// <summary>Views a piece of memory.</summary>
    /// <param name="aBase">Physical address.</param>
    /// <param name="aByteSize">In bytes.</param>
    public MemoryBlock(nuint aBase, nuint aByteSize)
    {
        Base = aBase;
        Size = aByteSize;
        Bytes = new MemoryBlock08(this);
        Words = new MemoryBlock16(this);
        DWords = new MemoryBlock32(this);
    }

    /// <summary>A 32-bit unit by its offset in bytes.</summary>
    public uint this[uint aByteOffset]
    {
        get => *(uint*)At(aByteOffset, sizeof(uint));
        set => *(uint*)At(aByteOffset, sizeof(uint)) = value;
    }

    /// <summary>Sets every 8-bit unit.</summary>
    public void Fill(byte aData) => Fill(0, Size, aData);

    /// <summary>Sets every 16-bit unit.</summary>
    public void Fill(ushort aData) => Fill(0, Size / sizeof(ushort), aData);

    /// <summary>Sets every 32-bit unit.</summary>
    public void Fill(uint aData) => Fill(0, Size / sizeof(uint), aData);

    /// <summary>Sets 8-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(nuint aByteOffset, nuint aCount, byte aData) =>
        Units<byte>(aByteOffset, aCount).Fill(aData);

    /// <summary>Sets 16-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(nuint aByteOffset, nuint aCount, ushort aData) =>
        Units<ushort>(aByteOffset, aCount).Fill(aData);

    /// <summary>Sets 32-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(nuint aByteOffset, nuint aCount, uint aData) =>
        Units<uint>(aByteOffset, aCount).Fill(aData);

    /// <summary>Sets 32-bit units.</summary>
    /// <param name="aByteOffset">Offset of the first, in bytes.</param>
    /// <param name="aCount">How many units.</param>
    /// <param name="aData">The value.</param>
    public void Fill(int aByteOffset, int aCount, int aData) =>
        Units<int>(Unsigned(aByteOffset), Unsigned(aCount)).Fill(aData);

    /// <summary>Copies from an array to the start.</summary>
    public void Copy(byte[] aData) => Put<byte>(0, aData);

    /// <summary>Copies from an array of 32-bit units to the start.</summary>
    public void Copy(uint[] aData) => Put<uint>(0, aData);

    /// <summary>Copies from an array of 32-bit units to the start.</summary>
    public void Copy(int[] aData) => Put<int>(0, aData);

    /// <summary>Copies a part of an array of 32-bit units to the start.</summary>
    public void Copy(int[] aData, int aIndex, int aCount) => Copy(0, aData, aIndex, aCount);

    /// <summary>Copies a part of an array.</summary>
    /// <param name="aByteOffset">Where to, in bytes.</param>
    /// <param name="aData">The array.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Copy(int aByteOffset, byte[] aData, int aIndex, int aCount) =>
        Put<byte>(Unsigned(aByteOffset), aData.AsSpan(aIndex, aCount));

    /// <summary>Copies a part of an array of 32-bit units.</summary>
    /// <param name="aByteOffset">Where to, in bytes.</param>
    /// <param name="aData">The array.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Copy(int aByteOffset, int[] aData, int aIndex, int aCount) =>
        Put<int>(Unsigned(aByteOffset), aData.AsSpan(aIndex, aCount));

    /// <summary>Copies another piece of the same size or smaller to the start.</summary>
    public void Copy(MemoryBlock block) => Put<byte>(0, block.Units<byte>(0, block.Size));

    /// <summary>Copies a buffer of the same size or smaller to the start.</summary>
    public void Copy(ManagedMemoryBlock block) => Put<byte>(0, block.Span);

    /// <summary>Copies 8-bit units out.</summary>
    /// <param name="aByteOffset">Where from, in bytes.</param>
    /// <param name="aData">Where to.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Get(int aByteOffset, byte[] aData, int aIndex, int aCount) =>
        Take(Unsigned(aByteOffset), aData.AsSpan(aIndex, aCount));

    /// <summary>Copies 32-bit units out.</summary>
    /// <param name="aByteOffset">Where from, in bytes.</param>
    /// <param name="aData">Where to.</param>
    /// <param name="aIndex">The first element.</param>
    /// <param name="aCount">How many.</param>
    public void Get(int aByteOffset, int[] aData, int aIndex, int aCount) =>
        Take(Unsigned(aByteOffset), aData.AsSpan(aIndex, aCount));

    /// <summary>Moves bytes within the piece; source and destination may overlap.</summary>
    public void MoveDown(nuint aDest, nuint aSrc, nuint aCount) =>
        Put<byte>(aDest, Units<byte>(aSrc, aCount));

    /// <summary>Moves bytes within the piece; source and destination may overlap.</summary>
    public void MoveUp(nuint aDest, nuint aSrc, nuint aCount) => MoveDown(aDest, aSrc, aCount);

    /// <summary>Copies 8-bit units out, from the start.</summary>
    public void Read8(byte[] aBuffer) => Take<byte>(0, aBuffer);

    /// <summary>Copies 16-bit units out, from the start.</summary>
    public void Read16(ushort[] aBuffer) => Take<ushort>(0, aBuffer);

    /// <summary>Copies 32-bit units out, from the start.</summary>
    public void Read32(uint[] aBuffer) => Take<uint>(0, aBuffer);

    /// <summary>Copies 8-bit units in, to the start.</summary>
    public void Write8(byte[] aBuffer) => Put<byte>(0, aBuffer);

    /// <summary>Copies 16-bit units in, to the start.</summary>
    public void Write16(ushort[] aBuffer) => Put<ushort>(0, aBuffer);

    /// <summary>Copies 32-bit units in, to the start.</summary>
    public void Write32(uint[] aBuffer) => Put<uint>(0, aBuffer);

    /// <summary>Copies 32-bit units out into an array.</summary>
    /// <param name="aStart">Offset of the first, in bytes.</param>
    /// <param name="aIndex">Where in the array they start.</param>
    /// <param name="aCount">How many units.</param>
    /// <returns>An array with room for all of them; what is before them is zero.</returns>
    public uint[] ToArray(int aStart, int aIndex, int aCount)
    {
        uint[] array = new uint[aIndex + aCount];
        Take(Unsigned(aStart), array.AsSpan(aIndex));
        return array;
    }

    /// <summary>Copies every 32-bit unit out into an array.</summary>
    public uint[] ToArray() => ToArray(0, 0, checked((int)(Size / sizeof(uint))));

    internal byte* At(nuint offset, uint bytes)
    {
        if (offset > Size || bytes > Size - offset)
            throw new IndexOutOfRangeException();
        return (byte*)Base + offset;
    }

    private static nuint Unsigned(int value) =>
        value < 0 ? throw new IndexOutOfRangeException() : (nuint)value;

    private void Put<T>(nuint offset, ReadOnlySpan<T> data)
        where T : unmanaged => data.CopyTo(Units<T>(offset, (nuint)data.Length));

    private void Take<T>(nuint offset, Span<T> data)
        where T : unmanaged => Units<T>(offset, (nuint)data.Length).CopyTo(data);

    private Span<T> Units<T>(nuint offset, nuint count)
        where T : unmanaged =>
        new(At(offset, checked((uint)count * (uint)sizeof(T))), checked((int)count));
}
