using System;

namespace Cosmos.System;

/// <summary>Names of keys: gen2's, .NET's, and those behind characters.</summary>
public static class ConsoleKeys
{
    /// <summary>The event as <see cref="Console.ReadKey()"/> tells it.</summary>
    public static ConsoleKeyInfo ToKeyInfo(KeyEvent key) => new(
        key.KeyChar == '\n' ? '\r' : key.KeyChar, ToConsoleKey(key.Key),
        (key.Modifiers & ConsoleModifiers.Shift) != 0,
        (key.Modifiers & ConsoleModifiers.Alt) != 0,
        (key.Modifiers & ConsoleModifiers.Control) != 0);

    /// <summary>.NET's name of a key; 0 where it has none.</summary>
    public static ConsoleKey ToConsoleKey(ConsoleKeyEx key)
    {
        if (IsLetter(key))
            return ConsoleKey.A + (LetterOf(key) - 'a');
        return key switch
        {
            >= ConsoleKeyEx.D1 and <= ConsoleKeyEx.D9 =>
                ConsoleKey.D1 + (key - ConsoleKeyEx.D1),
            ConsoleKeyEx.D0 => ConsoleKey.D0,
            >= ConsoleKeyEx.F1 and <= ConsoleKeyEx.F12 =>
                ConsoleKey.F1 + (key - ConsoleKeyEx.F1),
            >= ConsoleKeyEx.Num7 and <= ConsoleKeyEx.Num9 =>
                ConsoleKey.NumPad7 + (key - ConsoleKeyEx.Num7),
            >= ConsoleKeyEx.Num4 and <= ConsoleKeyEx.Num6 =>
                ConsoleKey.NumPad4 + (key - ConsoleKeyEx.Num4),
            >= ConsoleKeyEx.Num1 and <= ConsoleKeyEx.Num3 =>
                ConsoleKey.NumPad1 + (key - ConsoleKeyEx.Num1),
            _ => ToOtherKey(key),
        };
    }

    /// <summary>The key of a small letter.</summary>
    internal static ConsoleKeyEx OfLetter(char letter)
    {
        for (ConsoleKeyEx key = ConsoleKeyEx.Q; key <= ConsoleKeyEx.M; key++)
        {
            if (IsLetter(key) && LetterOf(key) == letter)
                return key;
        }
        return ConsoleKeyEx.NoName;
    }

    /// <summary>The key that types a character on the US layout.</summary>
    internal static ConsoleKeyEx OfSymbol(char symbol)
    {
        if (char.IsAsciiLetter(symbol))
            return OfLetter((char)(symbol | 0x20));
        return symbol switch
        {
            ' ' => ConsoleKeyEx.Spacebar,
            '0' or ')' => ConsoleKeyEx.D0,
            >= '1' and <= '9' => ConsoleKeyEx.D1 + (symbol - '1'),
            '-' or '_' => ConsoleKeyEx.Minus,
            '=' or '+' => ConsoleKeyEx.Equal,
            ',' or '<' => ConsoleKeyEx.Comma,
            '.' or '>' => ConsoleKeyEx.Period,
            '/' or '?' => ConsoleKeyEx.Slash,
            ';' or ':' => ConsoleKeyEx.Semicolon,
            '\'' or '"' => ConsoleKeyEx.Apostrophe,
            '[' or '{' => ConsoleKeyEx.LBracket,
            ']' or '}' => ConsoleKeyEx.RBracket,
            '\\' or '|' => ConsoleKeyEx.Backslash,
            '`' or '~' => ConsoleKeyEx.Backquote,
            _ => ConsoleKeyEx.NoName,
        };
    }

    private static bool IsLetter(ConsoleKeyEx key) => LetterOf(key) != '\0';

    private static char LetterOf(ConsoleKeyEx key) => key switch
    {
        >= ConsoleKeyEx.Q and <= ConsoleKeyEx.P => "qwertyuiop"[key - ConsoleKeyEx.Q],
        >= ConsoleKeyEx.A and <= ConsoleKeyEx.L => "asdfghjkl"[key - ConsoleKeyEx.A],
        >= ConsoleKeyEx.Z and <= ConsoleKeyEx.M => "zxcvbnm"[key - ConsoleKeyEx.Z],
        _ => '\0',
    };

    private static ConsoleKey ToOtherKey(ConsoleKeyEx key) => key switch
    {
        ConsoleKeyEx.Escape => ConsoleKey.Escape,
        ConsoleKeyEx.Backspace => ConsoleKey.Backspace,
        ConsoleKeyEx.Tab => ConsoleKey.Tab,
        ConsoleKeyEx.Enter or ConsoleKeyEx.NumEnter => ConsoleKey.Enter,
        ConsoleKeyEx.Spacebar => ConsoleKey.Spacebar,
        ConsoleKeyEx.Insert => ConsoleKey.Insert,
        ConsoleKeyEx.Delete => ConsoleKey.Delete,
        ConsoleKeyEx.Home => ConsoleKey.Home,
        ConsoleKeyEx.End => ConsoleKey.End,
        ConsoleKeyEx.PageUp => ConsoleKey.PageUp,
        ConsoleKeyEx.PageDown => ConsoleKey.PageDown,
        ConsoleKeyEx.UpArrow => ConsoleKey.UpArrow,
        ConsoleKeyEx.DownArrow => ConsoleKey.DownArrow,
        ConsoleKeyEx.LeftArrow => ConsoleKey.LeftArrow,
        ConsoleKeyEx.RightArrow => ConsoleKey.RightArrow,
        ConsoleKeyEx.PrintScreen => ConsoleKey.PrintScreen,
        ConsoleKeyEx.PauseBreak => ConsoleKey.Pause,
        ConsoleKeyEx.LWin => ConsoleKey.LeftWindows,
        ConsoleKeyEx.RWin => ConsoleKey.RightWindows,
        ConsoleKeyEx.Menu => ConsoleKey.Applications,
        ConsoleKeyEx.Num0 => ConsoleKey.NumPad0,
        ConsoleKeyEx.NumPeriod => ConsoleKey.Decimal,
        ConsoleKeyEx.NumPlus => ConsoleKey.Add,
        ConsoleKeyEx.NumMinus => ConsoleKey.Subtract,
        ConsoleKeyEx.NumMultiply => ConsoleKey.Multiply,
        ConsoleKeyEx.NumDivide => ConsoleKey.Divide,
        ConsoleKeyEx.Minus => ConsoleKey.OemMinus,
        ConsoleKeyEx.Equal => ConsoleKey.OemPlus,
        ConsoleKeyEx.Comma => ConsoleKey.OemComma,
        ConsoleKeyEx.Period => ConsoleKey.OemPeriod,
        ConsoleKeyEx.Semicolon => ConsoleKey.Oem1,
        ConsoleKeyEx.Slash => ConsoleKey.Oem2,
        ConsoleKeyEx.Backquote => ConsoleKey.Oem3,
        ConsoleKeyEx.LBracket => ConsoleKey.Oem4,
        ConsoleKeyEx.Backslash => ConsoleKey.Oem5,
        ConsoleKeyEx.RBracket => ConsoleKey.Oem6,
        ConsoleKeyEx.Apostrophe => ConsoleKey.Oem7,
        ConsoleKeyEx.OEM102 => ConsoleKey.Oem102,
        _ => 0,
    };
}
