using System;
using Cosmos.Core.Boot;

namespace Cosmos.Core.Panics;

/// <summary>What an address of code was found as.</summary>
public enum CodeAddress : byte
{
    /// <summary>An instruction that was, or is to be, performed.</summary>
    Instruction = 0,

    /// <summary>
    /// Where a call returns to. After a call that never returns, the function may end there, so
    /// that this is the first byte of the next one; the caller is looked up one byte before it.
    /// </summary>
    Return,
}

/// <summary>
/// Names for code addresses, from the <c>symbols</c> boot module: lines of
/// <c>offset size name</c> in hexadecimal, sorted by offset in the linked image.
/// </summary>
public static unsafe class SymbolTable
{
    private static byte* _text;
    private static int _length;

    /// <summary>Makes a symbol file known.</summary>
    /// <param name="text">The file; must stay mapped. Call again when its mapping moves.</param>
    /// <param name="length">In bytes.</param>
    public static void Install(byte* text, int length)
    {
        _text = text;
        _length = length;
    }

    /// <summary>Finds the function that an address is in.</summary>
    /// <param name="code">The code that it is of.</param>
    /// <param name="address">A code address.</param>
    /// <param name="kind">What it was found as.</param>
    /// <param name="name">The function's name in UTF-8.</param>
    /// <param name="offset">Bytes from the function's start to the address.</param>
    public static bool TryFind(
        CodeMap code, ulong address, CodeAddress kind, out ReadOnlySpan<byte> name,
        out ulong offset)
    {
        if (kind == CodeAddress.Return)
        {
            bool isKnown = TryFind(
                code, address - 1, CodeAddress.Instruction, out name, out offset);
            offset++;
            return isKnown;
        }
        name = default;
        offset = 0;
        if (_text == null || !code.TryFindLinked(address, out ulong wanted))
            return false;
        ReadOnlySpan<byte> text = new(_text, _length);
        int low = 0;
        int high = text.Length;
        // Invariant: the line that starts at low is the last known to start at or below wanted.
        while (low < high)
        {
            int middle = LineStart(text, low + ((high - low) / 2));
            if (middle <= low)
                middle = NextLine(text, low);
            if (middle >= high)
                break;
            if (TryParse(text[middle..], out ulong start, out _, out _) && start <= wanted)
                low = middle;
            else
                high = middle;
        }
        if (!TryParse(text[low..], out ulong first, out ulong size, out name)
            || wanted < first || wanted - first >= size)
            return false;
        offset = wanted - first;
        return true;
    }

    private static int LineStart(ReadOnlySpan<byte> text, int position) =>
        text[..position].LastIndexOf((byte)'\n') + 1;

    private static int NextLine(ReadOnlySpan<byte> text, int position)
    {
        int length = text[position..].IndexOf((byte)'\n');
        return length < 0 ? text.Length : position + length + 1;
    }

    private static bool TryParse(
        ReadOnlySpan<byte> line, out ulong start, out ulong size, out ReadOnlySpan<byte> name)
    {
        size = 0;
        name = default;
        int end = line.IndexOf((byte)'\n');
        if (end >= 0)
            line = line[..end];
        return TryTakeHex(ref line, out start) && TryTakeHex(ref line, out size)
            && (name = line).Length > 0;
    }

    // By hand: the number parsers of the class library need culture data, which may be what broke.
    private static bool TryTakeHex(ref ReadOnlySpan<byte> line, out ulong value)
    {
        value = 0;
        int length = 0;
        while (length < line.Length && line[length] != ' ')
        {
            int digit = char.IsAsciiHexDigit((char)line[length])
                ? HexDigit(line[length])
                : -1;
            if (digit < 0)
                return false;
            value = (value << 4) | (uint)digit;
            length++;
        }
        if (length == 0 || length == line.Length)
            return false;
        line = line[(length + 1)..];
        return true;
    }

    private static int HexDigit(byte digit) =>
        digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
