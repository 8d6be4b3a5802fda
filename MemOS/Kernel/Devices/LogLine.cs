using System;
using System.Runtime.CompilerServices;

namespace MemOS.Devices;

/// <summary>
/// A line of the log with values in it, put together without making an object: what <c>$"..."</c>
/// becomes as the argument of <see cref="Log"/>. What is longer than a line may be is cut.
/// </summary>
/// <remarks>
/// There is one buffer for all, as the kernel writes one line at a time; so a line is written
/// before the next one is begun, and no part of one writes another.
/// </remarks>
[InterpolatedStringHandler]
internal ref struct LogLine
{
    private const int Longest = 512;
    private const int MostDigits = 20;
    private const uint Decimal = 10;
    private const uint Hexadecimal = 16;

    private static char[] _buffer = [];

    private int _length;

    /// <summary>Makes the buffer, before the first line.</summary>
    internal static void Start() => _buffer = new char[Longest];

    /// <summary>Begins a line; the compiler calls it.</summary>
    /// <param name="literals">Characters of its constant parts.</param>
    /// <param name="values">How many values there are.</param>
    public LogLine(int literals, int values)
    {
        _ = literals;
        _ = values;
    }

    /// <summary>The line so far.</summary>
    internal readonly ReadOnlySpan<char> Text => _buffer.AsSpan(0, _length);

    /// <summary>Adds a constant part.</summary>
    public void AppendLiteral(string text) => Add(text);

    /// <summary>Adds text.</summary>
    public void AppendFormatted(string? text) => Add(text);

    /// <summary>Adds what was put together by itself.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<char> text) => Add(text);

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(ulong value) => Add(value, Decimal);

    /// <summary>Adds a number.</summary>
    public void AppendFormatted(int value)
    {
        if (value < 0)
            Add("-");
        Add((ulong)Math.Abs((long)value), Decimal);
    }

    /// <summary>Adds a number in hexadecimal, as addresses are written.</summary>
    internal void AppendAddress(ulong value)
    {
        Add("0x");
        Add(value, Hexadecimal);
    }

    private void Add(scoped ReadOnlySpan<char> text)
    {
        Span<char> rest = _buffer.AsSpan(_length);
        int length = Math.Min(text.Length, rest.Length);
        text[..length].CopyTo(rest);
        _length += length;
    }

    private void Add(ulong value, uint radix)
    {
        Span<char> digits = stackalloc char[MostDigits];
        int at = MostDigits;
        do
        {
            digits[--at] = "0123456789abcdef"[(int)(value % radix)];
            value /= radix;
        }
        while (value != 0);
        Add(digits[at..]);
    }
}
