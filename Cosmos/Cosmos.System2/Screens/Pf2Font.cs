using System;
using System.Buffers.Binary;

namespace Cosmos.System.Screens;

/// <summary>
/// A bitmap font in GRUB's PF2 format: sections of a 4-letter name, a big-endian length and
/// content; CHIX is the index of characters, sorted, and DATA reaches to the end of the file.
/// </summary>
public sealed class Pf2Font
{
    private const int SectionHeaderBytes = 8;
    private const int IndexEntryBytes = 9;
    private const int GlyphHeaderBytes = 10;
    private const int CachedSymbols = 128;

    private readonly byte[] _file;
    private readonly int _indexStart;
    private readonly int _indexLength;
    private readonly int _ascent;
    private readonly ushort[] _cache;

    private Pf2Font(byte[] file, int indexStart, int indexLength, int ascent, int descent)
    {
        _file = file;
        _indexStart = indexStart;
        _indexLength = indexLength;
        _ascent = ascent;
        Height = ascent + descent;
        _cache = new ushort[CachedSymbols * Height];
        for (int symbol = 0; symbol < CachedSymbols; symbol++)
            Render((char)symbol, _cache.AsSpan(symbol * Height, Height));
    }

    /// <summary>Pixels of a cell from left to right.</summary>
    public int Width => 8;

    /// <summary>Pixels of a cell from top to bottom.</summary>
    public int Height { get; }

    /// <summary>Reads a font.</summary>
    /// <returns>Null when these bytes are no such font.</returns>
    public static Pf2Font? TryLoad(ReadOnlySpan<byte> bytes)
    {
        const int LongestCell = 64;
        byte[] file = bytes.ToArray();
        int index = 0;
        int indexLength = 0;
        int ascent = 0;
        int descent = 0;
        for (int at = 0; at + SectionHeaderBytes <= file.Length;)
        {
            ReadOnlySpan<byte> name = file.AsSpan(at, 4);
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4));
            at += SectionHeaderBytes;
            if (name.SequenceEqual("DATA"u8) || length < 0 || length > file.Length - at)
                break;
            if (name.SequenceEqual("CHIX"u8))
                (index, indexLength) = (at, length);
            else if (name.SequenceEqual("ASCE"u8) && length >= 2)
                ascent = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
            else if (name.SequenceEqual("DESC"u8) && length >= 2)
                descent = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
            at += length;
        }
        bool usable = indexLength >= IndexEntryBytes && ascent + descent is > 0 and <= LongestCell;
        return usable ? new Pf2Font(file, index, indexLength, ascent, descent) : null;
    }

    /// <summary>
    /// The rows of a character's cell from top to bottom; bit 7 is the leftmost pixel.
    /// </summary>
    /// <param name="symbol">The character; one that is not in the font looks like "?".</param>
    /// <param name="scratch">Room for <see cref="Height"/> rows.</param>
    public ReadOnlySpan<ushort> Rows(char symbol, Span<ushort> scratch)
    {
        if (symbol < CachedSymbols)
            return _cache.AsSpan(symbol * Height, Height);
        scratch = scratch[..Height];
        if (!Render(symbol, scratch))
            return _cache.AsSpan('?' * Height, Height);
        return scratch;
    }

    private bool Render(char symbol, Span<ushort> rows)
    {
        rows.Clear();
        if (!TryFind(symbol, out int at) || at < 0 || at + GlyphHeaderBytes > _file.Length)
            return false;
        ReadOnlySpan<byte> glyph = _file.AsSpan(at);
        int width = BinaryPrimitives.ReadUInt16BigEndian(glyph);
        int height = BinaryPrimitives.ReadUInt16BigEndian(glyph[2..]);
        int left = BinaryPrimitives.ReadInt16BigEndian(glyph[4..]);
        // The offset is that of the bitmap's bottom above the baseline.
        int top = _ascent - BinaryPrimitives.ReadInt16BigEndian(glyph[6..]) - height;
        ReadOnlySpan<byte> bits = glyph[GlyphHeaderBytes..];
        if (width * height > bits.Length * 8)
            return false;
        for (int bit = 0; bit < width * height; bit++)
        {
            int row = top + bit / width;
            int column = left + bit % width;
            bool set = (bits[bit / 8] >> (7 - bit % 8) & 1) != 0;
            if (set && row >= 0 && row < Height && column >= 0 && column < Width)
                rows[row] |= (ushort)(0x80 >> column);
        }
        return true;
    }

    private bool TryFind(char symbol, out int offset)
    {
        int low = 0;
        int high = _indexLength / IndexEntryBytes;
        while (low < high)
        {
            int middle = (low + high) / 2;
            ReadOnlySpan<byte> entry = _file.AsSpan(_indexStart + middle * IndexEntryBytes);
            uint found = BinaryPrimitives.ReadUInt32BigEndian(entry);
            if (found == symbol)
            {
                offset = BinaryPrimitives.ReadInt32BigEndian(entry[5..]);
                return true;
            }
            if (found < symbol)
                low = middle + 1;
            else
                high = middle;
        }
        offset = 0;
        return false;
    }
}
