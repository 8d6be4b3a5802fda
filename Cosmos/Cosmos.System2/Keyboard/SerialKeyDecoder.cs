using System;

namespace Cosmos.System;

/// <summary>
/// Turns what a terminal at the other end of a serial line sends into keys: UTF-8 text, control
/// characters, and the escape sequences of cursor and editing keys (ECMA-48).
/// </summary>
public sealed class SerialKeyDecoder
{
    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    private State _state;
    private int _number;
    private int _symbol;
    private int _moreBytes;

    private enum State
    {
        Text,
        Escape,
        Sequence,
    }

    /// <summary>
    /// Whether an escape has arrived of which it is open if it is a key or starts a sequence.
    /// </summary>
    public bool HasPendingEscape => _state == State.Escape;

    /// <summary>Takes a byte.</summary>
    /// <returns>The key, if that was its last byte.</returns>
    public KeyEvent? Decode(byte value)
    {
        switch (_state)
        {
            case State.Escape when value is (byte)'[' or (byte)'O':
                _state = State.Sequence;
                _number = 0;
                return null;
            case State.Sequence:
                return DecodeSequence(value);
            default:
                _state = State.Text;
                return DecodeText(value);
        }
    }

    /// <summary>Decides that a pending escape was the escape key.</summary>
    public KeyEvent TakeEscape()
    {
        _state = State.Text;
        return Key('\x1B', ConsoleKeyEx.Escape);
    }

    private KeyEvent? DecodeText(byte value)
    {
        if (value >= 0x80)
            return DecodeUtf8(value);
        switch (value)
        {
            case Escape:
                _state = State.Escape;
                return null;
            case (byte)'\r' or (byte)'\n':
                return Key('\n', ConsoleKeyEx.Enter);
            case (byte)'\b' or Delete:
                return Key('\b', ConsoleKeyEx.Backspace);
            case (byte)'\t':
                return Key('\t', ConsoleKeyEx.Tab);
            case 0:
                return null;
            case < 0x20:
                return new KeyEvent((char)value, ConsoleKeys.OfLetter((char)(value + 'a' - 1)),
                    ConsoleModifiers.Control, KeyEvent.KeyEventType.Make);
            default:
                return Key((char)value, ConsoleKeys.OfSymbol((char)value));
        }
    }

    private KeyEvent? DecodeUtf8(byte value)
    {
        if (value >= 0xC0)
        {
            _moreBytes = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
            _symbol = value & (0x3F >> _moreBytes);
            return null;
        }
        if (_moreBytes == 0)
            return null;
        _symbol = _symbol << 6 | value & 0x3F;
        if (--_moreBytes > 0)
            return null;
        // Characters beyond the basic plane are two char values; no layout types them.
        return _symbol > char.MaxValue ? null : Key((char)_symbol, ConsoleKeyEx.NoName);
    }

    private KeyEvent? DecodeSequence(byte value)
    {
        if (value is >= (byte)'0' and <= (byte)'9')
        {
            _number = Math.Min(_number * 10 + value - '0', 1000);
            return null;
        }
        if (value == ';')
        {
            // A second number tells modifiers, which no key here has; the first is kept.
            return null;
        }
        _state = State.Text;
        ConsoleKeyEx key = value switch
        {
            (byte)'A' => ConsoleKeyEx.UpArrow,
            (byte)'B' => ConsoleKeyEx.DownArrow,
            (byte)'C' => ConsoleKeyEx.RightArrow,
            (byte)'D' => ConsoleKeyEx.LeftArrow,
            (byte)'H' => ConsoleKeyEx.Home,
            (byte)'F' => ConsoleKeyEx.End,
            (byte)'P' => ConsoleKeyEx.F1,
            (byte)'Q' => ConsoleKeyEx.F2,
            (byte)'R' => ConsoleKeyEx.F3,
            (byte)'S' => ConsoleKeyEx.F4,
            (byte)'~' => NumberedKey(_number),
            _ => ConsoleKeyEx.NoName,
        };
        return key == ConsoleKeyEx.NoName ? null : Key('\0', key);
    }

    private static ConsoleKeyEx NumberedKey(int number) => number switch
    {
        1 or 7 => ConsoleKeyEx.Home,
        2 => ConsoleKeyEx.Insert,
        3 => ConsoleKeyEx.Delete,
        4 or 8 => ConsoleKeyEx.End,
        5 => ConsoleKeyEx.PageUp,
        6 => ConsoleKeyEx.PageDown,
        >= 11 and <= 15 => ConsoleKeyEx.F1 + (number - 11),
        >= 17 and <= 21 => ConsoleKeyEx.F6 + (number - 17),
        23 or 24 => ConsoleKeyEx.F11 + (number - 23),
        _ => ConsoleKeyEx.NoName,
    };

    private static KeyEvent Key(char symbol, ConsoleKeyEx key) => new(symbol, key,
        char.IsAsciiLetterUpper(symbol) ? ConsoleModifiers.Shift : 0, KeyEvent.KeyEventType.Make);
}
