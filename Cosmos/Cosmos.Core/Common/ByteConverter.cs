using System;
using System.Buffers.Binary;

namespace Cosmos.Common.Extensions;

/// <summary>Puts little-endian numbers into an array of bytes.</summary>
public static class ByteConverter
{
    /// <summary>Writes a number at an offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit there.</exception>
    public static void SetUInt16(this byte[] n, ulong aPos, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Place(n, aPos), value);

    /// <summary>Writes a number at an offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit there.</exception>
    public static void SetUInt32(this byte[] n, ulong aPos, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(Place(n, aPos), value);

    /// <summary>Writes a number at an offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit there.</exception>
    public static void SetUInt64(this byte[] n, ulong aPos, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Place(n, aPos), value);

    // An offset beyond any array becomes one that is out of this array's range.
    private static Span<byte> Place(byte[] bytes, ulong offset) =>
        bytes.AsSpan((int)Math.Min(offset, int.MaxValue));
}
