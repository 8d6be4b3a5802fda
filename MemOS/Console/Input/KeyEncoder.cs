using System;
using System.Text;
using Cosmos.System;

namespace MemOS.Consoles;

/// <summary>Turns keys into the bytes that a terminal sends for them (ECMA-48, xterm).</summary>
internal static class KeyEncoder
{
    /// <summary>The most bytes that a key becomes.</summary>
    internal const int LongestSequence = 8;

    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;

    /// <summary>Encodes a key that went down.</summary>
    /// <param name="key">The key.</param>
    /// <param name="to">Room for <see cref="LongestSequence"/> bytes.</param>
    /// <returns>Bytes written; 0 for a key that types nothing.</returns>
    internal static int Encode(KeyPress key, Span<byte> to)
    {
        int typed = EncodeTyped(key, to);
        if (typed > 0)
            return typed;
        (byte final, int number) = FunctionOf(key.Key);
        return final == 0 ? 0 : EncodeFunction(final, number, key.Modifiers, to);
    }

    private static int EncodeTyped(KeyPress key, Span<byte> to)
    {
        int symbol = SymbolOf(key);
        if (symbol < 0 || !Rune.TryCreate((char)symbol, out Rune rune))
            return 0;
        int length = 0;
        // With control it is the third level of the layout, which has typed its own character.
        bool isMeta = (key.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control))
            == ConsoleModifiers.Alt;
        if (isMeta)
            to[length++] = Escape;
        return length + rune.EncodeToUtf8(to[length..]);
    }

    // -1 for a key that is no character.
    private static int SymbolOf(KeyPress key)
    {
        bool isControl = (key.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control))
            == ConsoleModifiers.Control;
        return key.Key switch
        {
            ConsoleKeyEx.Enter or ConsoleKeyEx.NumEnter => '\r',
            ConsoleKeyEx.Backspace => Delete,
            ConsoleKeyEx.Tab when (key.Modifiers & ConsoleModifiers.Shift) != 0 => -1,
            _ when key.Symbol == 0 => -1,
            ConsoleKeyEx.Spacebar when isControl => 0,
            // @ [ \ ] ^ _ have control characters too; those of letters the layout makes.
            _ when isControl && key.Symbol is >= '@' and <= '_' => key.Symbol & 0x1F,
            _ => key.Symbol,
        };
    }

    private static (byte Final, int Number) FunctionOf(ConsoleKeyEx key) => key switch
    {
        ConsoleKeyEx.UpArrow => ((byte)'A', 1),
        ConsoleKeyEx.DownArrow => ((byte)'B', 1),
        ConsoleKeyEx.RightArrow => ((byte)'C', 1),
        ConsoleKeyEx.LeftArrow => ((byte)'D', 1),
        ConsoleKeyEx.End => ((byte)'F', 1),
        ConsoleKeyEx.Home => ((byte)'H', 1),
        ConsoleKeyEx.Tab => ((byte)'Z', 1),
        ConsoleKeyEx.Insert => ((byte)'~', 2),
        ConsoleKeyEx.Delete => ((byte)'~', 3),
        ConsoleKeyEx.PageUp => ((byte)'~', 5),
        ConsoleKeyEx.PageDown => ((byte)'~', 6),
        >= ConsoleKeyEx.F1 and <= ConsoleKeyEx.F5 => ((byte)'~', 11 + (key - ConsoleKeyEx.F1)),
        >= ConsoleKeyEx.F6 and <= ConsoleKeyEx.F10 => ((byte)'~', 17 + (key - ConsoleKeyEx.F6)),
        ConsoleKeyEx.F11 or ConsoleKeyEx.F12 => ((byte)'~', 23 + (key - ConsoleKeyEx.F11)),
        _ => default,
    };

    // ESC [ number ; modifiers final, each of the two left out where it says nothing.
    private static int EncodeFunction(
        byte final, int number, ConsoleModifiers modifiers, Span<byte> to)
    {
        int held = final == 'Z' ? 0 : HeldOf(modifiers);
        int length = 0;
        to[length++] = Escape;
        to[length++] = (byte)'[';
        if (final == '~' || held > 0)
        {
            if (number >= 10)
                to[length++] = (byte)('0' + number / 10);
            to[length++] = (byte)('0' + number % 10);
        }
        if (held > 0)
        {
            to[length++] = (byte)';';
            to[length++] = (byte)('1' + held);
        }
        to[length++] = final;
        return length;
    }

    private static int HeldOf(ConsoleModifiers modifiers) =>
        ((modifiers & ConsoleModifiers.Shift) != 0 ? 1 : 0)
        + ((modifiers & ConsoleModifiers.Alt) != 0 ? 2 : 0)
        + ((modifiers & ConsoleModifiers.Control) != 0 ? 4 : 0);
}
