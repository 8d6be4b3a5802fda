using System;
using Cosmos.Core.Devices;

namespace Cosmos.Core.Panics;

/// <summary>The debug log on COM1. Works from the first instruction on, and in a panic.</summary>
public static class KernelLog
{
    private static bool _open;

    private static SerialPort Port => new(SerialPort.Com1);

    /// <summary>Writes UTF-8 text.</summary>
    public static void Write(ReadOnlySpan<byte> utf8)
    {
        if (_open)
            Port.Send(utf8);
    }

    /// <summary>Writes text; what is not ASCII becomes a question mark.</summary>
    public static void Write(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[1];
        foreach (char symbol in text)
        {
            bytes[0] = symbol < 0x80 ? (byte)symbol : (byte)'?';
            Write(bytes);
        }
    }

    /// <summary>Writes text and ends the line.</summary>
    public static void WriteLine(ReadOnlySpan<char> text)
    {
        Write(text);
        Write("\n"u8);
    }

    internal static void Open() => _open = Port.TryOpen();
}
