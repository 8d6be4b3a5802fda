using System;
using Cosmos.Core.Devices;

namespace Cosmos.Core.Panics;

/// <summary>Writes a panic to the log and the screen at once, without allocating.</summary>
internal readonly ref struct PanicText(TextDevice? screen)
{
    private const int AddressDigits = 16;

    internal void Write(ReadOnlySpan<char> text)
    {
        KernelLog.Write(text);
        screen?.Write(text);
    }

    internal void WriteUtf8(ReadOnlySpan<byte> text)
    {
        Span<char> one = stackalloc char[1];
        foreach (byte value in text)
        {
            one[0] = value < 0x80 ? (char)value : '?';
            Write(one);
        }
    }

    internal void WriteAddress(ulong value) => WriteHex(value, AddressDigits);

    /// <summary>Writes a number in hexadecimal.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">How many digits at least.</param>
    internal void WriteHex(ulong value, int digits)
    {
        Span<char> text = stackalloc char[AddressDigits];
        int at = AddressDigits;
        do
        {
            text[--at] = "0123456789abcdef"[(int)(value & 0xF)];
            value >>= 4;
        }
        while (value != 0 || AddressDigits - at < digits);
        Write(text[at..]);
    }
}
