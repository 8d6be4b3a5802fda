using System;
using System.Text;
using Cosmos.Core.Devices;
using Cosmos.System.Screens;

namespace Cosmos.System.Terminals;

/// <summary>Whether a terminal shows its cursor.</summary>
public enum CursorState
{
    /// <summary>It does.</summary>
    Shown,

    /// <summary>It does not.</summary>
    Hidden,
}

/// <summary>
/// A terminal at the other end of a serial line: UTF-8 text and ECMA-48 escape sequences.
/// Allocates nothing.
/// </summary>
/// <param name="port">The line; opened already.</param>
public sealed class SerialLine(SerialPort port)
{
    private const int LongestSymbol = 4;

    private char _highSurrogate;

    /// <summary>Sends text.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[LongestSymbol];
        foreach (char symbol in text)
        {
            if (symbol < 0x80)
            {
                bytes[0] = (byte)symbol;
                port.Send(bytes[..1]);
            }
            else if (char.IsHighSurrogate(symbol))
            {
                _highSurrogate = symbol;
            }
            else
            {
                Rune rune = RuneOf(symbol);
                port.Send(bytes[..rune.EncodeToUtf8(bytes)]);
            }
        }
    }

    /// <summary>Sends the colours of what follows.</summary>
    public void SetColors(ConsoleColor foreground, ConsoleColor background)
    {
        Introduce();
        SendColor(30, 90, Palette.Ansi(foreground));
        port.Send((byte)';');
        SendColor(40, 100, Palette.Ansi(background));
        port.Send((byte)'m');
    }

    /// <summary>Goes back to the other end's own colours.</summary>
    public void ResetColors() => port.Send("\e[0m"u8);

    /// <summary>Empties the screen at the other end.</summary>
    public void Clear() => port.Send("\e[2J\e[H"u8);

    /// <summary>Moves the cursor.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="row">From 0.</param>
    public void MoveTo(int column, int row)
    {
        Introduce();
        SendNumber(row + 1);
        port.Send((byte)';');
        SendNumber(column + 1);
        port.Send((byte)'H');
    }

    /// <summary>Shows or hides the cursor.</summary>
    public void ShowCursor(CursorState state) =>
        port.Send(state == CursorState.Shown ? "\e[?25h"u8 : "\e[?25l"u8);

    private void Introduce() => port.Send("\e["u8);

    private void SendColor(int normal, int bright, int color) =>
        SendNumber((color & 8) != 0 ? bright + (color & 7) : normal + color);

    private void SendNumber(int value)
    {
        if (value >= 10)
            SendNumber(value / 10);
        port.Send((byte)('0' + value % 10));
    }

    private Rune RuneOf(char symbol)
    {
        char high = _highSurrogate;
        _highSurrogate = '\0';
        if (high != 0 && Rune.TryCreate(high, symbol, out var pair))
            return pair;
        return Rune.TryCreate(symbol, out var single)
            ? single
            : Rune.ReplacementChar;
    }
}
