using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Pager;

/// <summary>
/// The Mandelbrot set in a square of pixels, 32 bits each: red, green and blue from bit 16, 8 and 0
/// on. It lies in memory tile by tile.
/// </summary>
internal static class Picture
{
    /// <summary>Pixels of a side.</summary>
    internal const int Side = 16 * 1024;

    /// <summary>Its size in memory.</summary>
    internal const nuint Bytes = (nuint)Side * Side * sizeof(uint);

    /// <summary>Its pages, each a tile.</summary>
    internal const int Pages = (int)(Bytes / Memory.PageBytes);

    /// <summary>Tiles of the diagonal that the other process looks at.</summary>
    internal const int Diagonal = 64;

    private const int TilesInRow = Side / Tile.Side;

    // Numbers with 28 bits behind the point.
    private const int Point = 28;
    private const long One = 1L << Point;
    private const long LeftEdge = -2 * One;
    private const long TopEdge = -3 * One / 2;
    private const long Width = 3 * One;
    private const long Escaped = 4 * One;
    private const int MostRounds = 96;

    /// <summary>A tile of the diagonal from the upper left to the lower right.</summary>
    internal static Tile DiagonalTile(int index)
    {
        int place = index * (TilesInRow / Diagonal);
        return new Tile(place, place);
    }

    /// <summary>Computes a tile, when its page is touched: the handler of that signal.</summary>
    internal static BackerAnswer Supply(nuint offset, Span<byte> page)
    {
        Tile tile = TileAt(offset);
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(page);
        for (int i = 0; i < Tile.Pixels; i++)
            pixels[i] = PixelOf(tile, i);
        return BackerAnswer.Done;
    }

    /// <summary>The pixels of a tile, row by row.</summary>
    internal static ReadOnlySpan<uint> PixelsOf(Mapping mapping, Tile tile) =>
        MemoryMarshal.Cast<byte, uint>(mapping.Slice(OffsetOf(tile), Memory.PageBytes));

    /// <summary>Whether a tile is there, as some of its pixels tell.</summary>
    internal static bool IsRight(Mapping mapping, Tile tile)
    {
        const int Step = 31;
        ReadOnlySpan<uint> pixels = PixelsOf(mapping, tile);
        for (int i = 0; i < Tile.Pixels; i += Step)
        {
            if (pixels[i] != PixelOf(tile, i))
                return false;
        }
        return true;
    }

    private static nuint OffsetOf(Tile tile) =>
        (((nuint)tile.Row * TilesInRow) + (nuint)tile.Column) * Memory.PageBytes;

    private static Tile TileAt(nuint offset)
    {
        int number = (int)(offset / Memory.PageBytes);
        return new Tile(number % TilesInRow, number / TilesInRow);
    }

    private static uint PixelOf(Tile tile, int index)
    {
        long x = LeftEdge + (((tile.Column * Tile.Side) + (index % Tile.Side)) * Width / Side);
        long y = TopEdge + (((tile.Row * Tile.Side) + (index / Tile.Side)) * Width / Side);
        return ColourOf(RoundsOf(x, y));
    }

    // How often z becomes z * z + c before it is far away.
    private static int RoundsOf(long x, long y)
    {
        long real = 0;
        long imaginary = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            long realSquare = real * real >> Point;
            long imaginarySquare = imaginary * imaginary >> Point;
            if (realSquare + imaginarySquare > Escaped)
                return round;
            imaginary = (2 * real * imaginary >> Point) + y;
            real = realSquare - imaginarySquare + x;
        }
        return MostRounds;
    }

    // The set itself is nearly black, in a way that no page of zeros is.
    private static uint ColourOf(int rounds)
    {
        if (rounds == MostRounds)
            return 0x08_0410;
        uint light = (uint)rounds * byte.MaxValue / MostRounds;
        uint red = uint.Min(light * 3, byte.MaxValue);
        uint green = light;
        uint blue = uint.Min(64 + (light * 2), byte.MaxValue);
        return (red << 16) | (green << 8) | blue;
    }
}
