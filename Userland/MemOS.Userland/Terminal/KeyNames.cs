using System;

namespace MemOS.Userland.Terminal;

/// <summary>
/// Which key a character or an escape sequence stands for (ECMA-48, xterm's keys).
/// </summary>
internal static class KeyNames
{
    private const char Delete = '\u007F';

    // Modifiers of a control sequence, less 1.
    private const int Shift = 1;
    private const int Alt = 2;
    private const int Control = 4;
    private const int Meta = 8;

    /// <summary>
    /// The key that types <paramref name="character"/>, control characters included.
    /// </summary>
    internal static ConsoleKeyInfo Of(char character) => character switch
    {
        '\r' or '\n' => Plain('\r', ConsoleKey.Enter),
        '\t' => Plain('\t', ConsoleKey.Tab),
        '\b' or Delete => Plain('\b', ConsoleKey.Backspace),
        '\u001B' => Plain(character, ConsoleKey.Escape),
        ' ' => Plain(' ', ConsoleKey.Spacebar),
        '\0' => WithControl(character, ConsoleKey.Spacebar),
        <= '\u001A' => WithControl(character, ConsoleKey.A + (character - 1)),
        < ' ' => WithControl(character, ConsoleKey.None),
        >= '0' and <= '9' => Plain(character, ConsoleKey.D0 + (character - '0')),
        >= 'a' and <= 'z' => Plain(character, ConsoleKey.A + (character - 'a')),
        >= 'A' and <= 'Z' => new(character, ConsoleKey.A + (character - 'A'), true, false, false),
        _ => Plain(character, ConsoleKey.None),
    };

    /// <summary>The same key with Alt held.</summary>
    internal static ConsoleKeyInfo WithAlt(ConsoleKeyInfo key) => new(
        key.KeyChar, key.Key, Has(key, ConsoleModifiers.Shift), true,
        Has(key, ConsoleModifiers.Control));

    /// <summary>The key of a control sequence: CSI, parameters, final byte.</summary>
    /// <param name="parameters">What stands between the introducer and the final byte.</param>
    /// <param name="final">The byte that ends the sequence.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether the sequence is a key.</returns>
    internal static bool TryControl(
        ReadOnlySpan<byte> parameters, byte final, out ConsoleKeyInfo key)
    {
        if (parameters is [(byte)'['])
            return TryLinux(final, out key);
        int split = parameters.IndexOf((byte)';');
        int number = Number(split < 0 ? parameters : parameters[..split]);
        int modifiers = split < 0 ? 0 : Math.Max(Number(parameters[(split + 1)..]) - 1, 0);
        ConsoleKey name = final switch
        {
            (byte)'A' => ConsoleKey.UpArrow,
            (byte)'B' => ConsoleKey.DownArrow,
            (byte)'C' => ConsoleKey.RightArrow,
            (byte)'D' => ConsoleKey.LeftArrow,
            (byte)'H' => ConsoleKey.Home,
            (byte)'F' => ConsoleKey.End,
            (byte)'Z' => ConsoleKey.Tab,
            >= (byte)'P' and <= (byte)'S' => ConsoleKey.F1 + (final - 'P'),
            (byte)'~' => Numbered(number),
            _ => ConsoleKey.None,
        };
        bool isBackTab = final == (byte)'Z';
        key = new(
            isBackTab ? '\t' : '\0', name, isBackTab || (modifiers & Shift) != 0,
            (modifiers & (Alt | Meta)) != 0, (modifiers & Control) != 0);
        return name != ConsoleKey.None;
    }

    /// <summary>A key of the keypad, as terminals send it in application mode.</summary>
    /// <param name="final">The byte after the single shift.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one.</returns>
    internal static bool TryKeypad(byte final, out ConsoleKeyInfo key)
    {
        char typed = final switch
        {
            (byte)'M' => '\r',
            (byte)'I' => '\t',
            (byte)'X' => '=',
            >= (byte)'j' and <= (byte)'y' => "*+,-./0123456789"[final - 'j'],
            _ => '\0',
        };
        key = typed == '\0' ? default : Of(typed);
        return typed != '\0';
    }

    private static bool TryLinux(byte final, out ConsoleKeyInfo key)
    {
        bool isFunction = final is >= (byte)'A' and <= (byte)'E';
        key = isFunction ? Plain('\0', ConsoleKey.F1 + (final - 'A')) : default;
        return isFunction;
    }

    private static ConsoleKey Numbered(int number) => number switch
    {
        1 or 7 => ConsoleKey.Home,
        2 => ConsoleKey.Insert,
        3 => ConsoleKey.Delete,
        4 or 8 => ConsoleKey.End,
        5 => ConsoleKey.PageUp,
        6 => ConsoleKey.PageDown,
        >= 11 and <= 15 => ConsoleKey.F1 + (number - 11),
        >= 17 and <= 21 => ConsoleKey.F6 + (number - 17),
        >= 23 and <= 26 => ConsoleKey.F11 + (number - 23),
        28 or 29 => ConsoleKey.F15 + (number - 28),
        >= 31 and <= 34 => ConsoleKey.F17 + (number - 31),
        _ => ConsoleKey.None,
    };

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > 9999)
                return 0;
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static ConsoleKeyInfo Plain(char character, ConsoleKey key) =>
        new(character, key, shift: false, alt: false, control: false);

    private static ConsoleKeyInfo WithControl(char character, ConsoleKey key) =>
        new(character, key, shift: false, alt: false, control: true);

    private static bool Has(ConsoleKeyInfo key, ConsoleModifiers modifier) =>
        (key.Modifiers & modifier) != 0;
}
