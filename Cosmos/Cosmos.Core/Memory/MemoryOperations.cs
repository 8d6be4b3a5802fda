using System;

namespace Cosmos.Core;

/// <summary>Fills and copies, of memory and of arrays. Sizes count units.</summary>
public static unsafe class MemoryOperations
{
    /// <summary>Sets bytes.</summary>
    public static void Fill(byte* aDest, int aValue, int aSize) =>
        new Span<byte>(aDest, aSize).Fill((byte)aValue);

    /// <summary>Sets units.</summary>
    public static void Fill(byte* dest, byte value, int size) => Set(dest, value, size);

    /// <summary>Sets units.</summary>
    public static void Fill(sbyte* dest, sbyte value, int size) => Set(dest, value, size);

    /// <summary>Sets units.</summary>
    public static void Fill(ushort* dest, ushort value, int size) => Set(dest, value, size);

    /// <summary>Sets units.</summary>
    public static void Fill(short* dest, short value, int size) => Set(dest, value, size);

    /// <summary>Sets units.</summary>
    public static void Fill(uint* dest, uint value, int size) => Set(dest, value, size);

    /// <summary>Sets units.</summary>
    public static void Fill(int* dest, int value, int size) => Set(dest, value, size);

    /// <summary>Sets every element.</summary>
    public static void Fill(byte[] dest, byte value) => dest.AsSpan().Fill(value);

    /// <summary>Sets every element.</summary>
    public static void Fill(sbyte[] dest, sbyte value) => dest.AsSpan().Fill(value);

    /// <summary>Sets every element.</summary>
    public static void Fill(ushort[] dest, ushort value) => dest.AsSpan().Fill(value);

    /// <summary>Sets every element.</summary>
    public static void Fill(short[] dest, short value) => dest.AsSpan().Fill(value);

    /// <summary>Sets every element.</summary>
    public static void Fill(uint[] dest, uint value) => dest.AsSpan().Fill(value);

    /// <summary>Sets every element.</summary>
    public static void Fill(int[] dest, int value) => dest.AsSpan().Fill(value);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(byte* dest, byte* src, int size) => Move(dest, src, size);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(sbyte* dest, sbyte* src, int size) => Move(dest, src, size);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(ushort* dest, ushort* src, int size) => Move(dest, src, size);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(short* dest, short* src, int size) => Move(dest, src, size);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(uint* dest, uint* src, int size) => Move(dest, src, size);

    /// <summary>Copies units; source and destination may overlap.</summary>
    public static void Copy(int* dest, int* src, int size) => Move(dest, src, size);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(byte[] dest, byte[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(sbyte[] dest, sbyte[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(ushort[] dest, ushort[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(short[] dest, short[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(uint[] dest, uint[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a whole array to the start of another.</summary>
    public static void Copy(int[] dest, int[] src) => src.AsSpan().CopyTo(dest);

    /// <summary>Copies a part of an array into another.</summary>
    public static void Copy(
        byte[] aDest, int aDestOffset, byte[] aSrc, int aSrcOffset, int aCount) =>
        aSrc.AsSpan(aSrcOffset, aCount).CopyTo(aDest.AsSpan(aDestOffset));

    /// <summary>Copies a part of an array into another.</summary>
    public static void Copy(int[] dest, int destOffset, int[] src, int srcOffset, int count) =>
        src.AsSpan(srcOffset, count).CopyTo(dest.AsSpan(destOffset));

    private static void Set<T>(T* dest, T value, int size)
        where T : unmanaged => new Span<T>(dest, size).Fill(value);

    private static void Move<T>(T* dest, T* src, int size)
        where T : unmanaged => new ReadOnlySpan<T>(src, size).CopyTo(new Span<T>(dest, size));
}
