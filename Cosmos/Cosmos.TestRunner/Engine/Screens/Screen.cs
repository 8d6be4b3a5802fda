using System;
using System.Collections.Generic;
using System.IO;

namespace Cosmos.TestRunner.Engine.Screens;

/// <summary>A picture of a machine's screen.</summary>
public sealed class Screen
{
    private const int BytesPerPixel = 3;

    private readonly byte[] _pixels;

    private Screen(int width, int height, byte[] pixels)
    {
        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixel in column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public Pixel this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height);
            int at = (y * Width + x) * BytesPerPixel;
            return new Pixel(_pixels[at], _pixels[at + 1], _pixels[at + 2]);
        }
    }

    /// <summary>How many different colours the picture has: a blank screen has one.</summary>
    public int CountColours()
    {
        HashSet<Pixel> seen = [];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++) seen.Add(this[x, y]);
        }

        return seen.Count;
    }

    /// <summary>Reads a binary portable pixmap (netpbm, "P6") of 8 bits a colour.</summary>
    /// <exception cref="InvalidDataException">It is none, or is cut short.</exception>
    public static Screen FromPpm(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("P6"u8)) throw new InvalidDataException("not a P6 pixmap");
        int at = 2;
        int width = ReadNumber(file, ref at);
        int height = ReadNumber(file, ref at);
        if (ReadNumber(file, ref at) != byte.MaxValue)
            throw new InvalidDataException("not 8 bits a colour");

        // Exactly one white-space byte parts the header from the pixels.
        ReadOnlySpan<byte> pixels = file[Math.Min(at + 1, file.Length)..];
        long size = (long)width * height * BytesPerPixel;
        if (pixels.Length < size) throw new InvalidDataException("the pixmap is cut short");
        return new Screen(width, height, pixels[..(int)size].ToArray());
    }

    /// <summary>Writes the picture as PNG.</summary>
    public void SavePng(string path) => PngFile.Write(path, Width, Height, _pixels);

    private static int ReadNumber(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && !char.IsAsciiDigit((char)file[at])) at++;
        int start = at;
        while (at < file.Length && char.IsAsciiDigit((char)file[at])) at++;
        if (!int.TryParse(file[start..at], out int number))
            throw new InvalidDataException("the pixmap's header is cut short");
        return number;
    }
}
