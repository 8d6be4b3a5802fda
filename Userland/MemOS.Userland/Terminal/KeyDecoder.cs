using System;

namespace MemOS.Userland.Terminal;

/// <summary>Turns the bytes that a terminal sends into keys, one byte at a time.</summary>
/// <remarks>
/// Any sequence of bytes is legal input: what is no key that MemOS knows is swallowed whole, so
/// that the rest of a strange escape sequence is never taken for typing. Pure: no console needed.
/// </remarks>
public sealed class KeyDecoder
{
    private const byte Escape = 0x1B;

    // An escape sequence longer than this is noise, and its end is not waited for.
    private const int LongestSequence = 16;

    private readonly byte[] _sequence = new byte[LongestSequence];
    private int _length;
    private State _state;
    private int _codePoint;
    private int _smallestCodePoint;
    private int _continuationsLeft;

    private enum State
    {
        Ground,
        Escaped,
        Control,
        SingleShift,
        Utf8,
    }

    /// <summary>Whether the last bytes may be the beginning of a longer key.</summary>
    public bool IsInsideKey => _state != State.Ground;

    /// <summary>Takes the next byte.</summary>
    /// <param name="value">Any byte.</param>
    /// <param name="key">The key that the byte completed.</param>
    /// <returns>Whether a key was completed.</returns>
    public bool Feed(byte value, out ConsoleKeyInfo key)
    {
        key = default;
        return _state switch
        {
            State.Escaped => FeedEscaped(value, out key),
            State.Control => FeedControl(value, out key),
            State.SingleShift => FeedSingleShift(value, out key),
            State.Utf8 => FeedUtf8(value, out key),
            _ => FeedGround(value, out key),
        };
    }

    /// <summary>
    /// Says that no byte follows soon: a lone escape byte is then the Escape key, and one before
    /// a character that could have begun a sequence is Alt.
    /// </summary>
    /// <param name="key">The key, if it was one.</param>
    /// <returns>Whether it was.</returns>
    public bool Pause(out ConsoleKeyInfo key)
    {
        (bool isKey, key) = _state switch
        {
            State.Escaped => (true, KeyNames.Of('\u001B')),
            State.Control when _length == 0 => (true, KeyNames.WithAlt(KeyNames.Of('['))),
            State.SingleShift => (true, KeyNames.WithAlt(KeyNames.Of('O'))),
            _ => (false, default),
        };
        _state = State.Ground;
        return isKey;
    }

    private bool FeedGround(byte value, out ConsoleKeyInfo key)
    {
        key = default;
        if (value == Escape)
        {
            _state = State.Escaped;
            return false;
        }
        if (value < 0x80)
        {
            key = KeyNames.Of((char)value);
            return true;
        }
        BeginUtf8(value);
        return false;
    }

    private bool FeedEscaped(byte value, out ConsoleKeyInfo key)
    {
        key = default;
        _length = 0;
        _state = value switch
        {
            (byte)'[' => State.Control,
            (byte)'O' => State.SingleShift,
            Escape => State.Escaped,
            _ => State.Ground,
        };
        // Another escape byte says that the one before was the key.
        if (value == Escape)
            key = KeyNames.Of('\u001B');
        if (_state != State.Ground || value >= 0x80)
            return value == Escape;
        // Terminals send Alt with a key as escape and the key.
        key = KeyNames.WithAlt(KeyNames.Of((char)value));
        return true;
    }

    private bool FeedControl(byte value, out ConsoleKeyInfo key)
    {
        key = default;
        // ECMA-48: parameters and intermediates are 0x20-0x3F, the final byte is 0x40-0x7E.
        // Consoles of Linux put a bracket more before the letters of F1 to F5.
        bool isBracket = value == '[' && _length == 0;
        if ((isBracket || value is >= 0x20 and <= 0x3F) && _length < LongestSequence)
        {
            _sequence[_length++] = value;
            return false;
        }
        _state = State.Ground;
        if (value is < 0x40 or > 0x7E)
            return false;
        return KeyNames.TryControl(_sequence.AsSpan(0, _length), value, out key);
    }

    private bool FeedSingleShift(byte value, out ConsoleKeyInfo key)
    {
        _state = State.Ground;
        return KeyNames.TryKeypad(value, out key) || KeyNames.TryControl([], value, out key);
    }

    private void BeginUtf8(byte lead)
    {
        (_continuationsLeft, _codePoint, _smallestCodePoint) = lead switch
        {
            >= 0xC2 and <= 0xDF => (1, lead & 0x1F, 0x80),
            >= 0xE0 and <= 0xEF => (2, lead & 0x0F, 0x800),
            // Beyond the basic plane a character is two UTF-16 units; no key is.
            >= 0xF0 and <= 0xF4 => (3, lead & 0x07, 0x10000),
            _ => (0, 0, 0),
        };
        if (_continuationsLeft > 0)
            _state = State.Utf8;
    }

    private bool FeedUtf8(byte value, out ConsoleKeyInfo key)
    {
        if ((value & 0xC0) != 0x80)
        {
            _state = State.Ground;
            return FeedGround(value, out key);
        }
        key = default;
        _codePoint = (_codePoint << 6) | (value & 0x3F);
        if (--_continuationsLeft > 0)
            return false;
        _state = State.Ground;
        bool isOneUnit = _codePoint >= _smallestCodePoint && _codePoint <= 0xFFFF
            && !char.IsSurrogate((char)_codePoint);
        if (isOneUnit)
            key = KeyNames.Of((char)_codePoint);
        return isOneUnit;
    }
}
