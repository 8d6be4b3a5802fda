using System;

namespace MemOS.Userland.Terminal;

/// <summary>The escape sequences that MemOS consoles understand (ECMA-48).</summary>
public static class Ansi
{
    /// <summary>Clears the screen and puts the cursor at its top left.</summary>
    public const string ClearScreen = "\u001B[2J\u001B[H";

    /// <summary>Clears from the cursor to the end of its row.</summary>
    public const string ClearToEndOfLine = "\u001B[K";

    /// <summary>Back to the terminal's own colours.</summary>
    public const string Reset = "\u001B[0m";

    /// <summary>Makes the cursor visible.</summary>
    public const string ShowCursor = "\u001B[?25h";

    /// <summary>Makes the cursor invisible.</summary>
    public const string HideCursor = "\u001B[?25l";

    /// <summary>Moves the cursor left.</summary>
    /// <param name="columns">How far, 1 or more.</param>
    public static string CursorLeft(int columns) => $"\u001B[{columns}D";

    /// <summary>Moves the cursor right.</summary>
    /// <param name="columns">How far, 1 or more.</param>
    public static string CursorRight(int columns) => $"\u001B[{columns}C";

    /// <summary>Puts the cursor at a place counted from 0, as System.Console does.</summary>
    public static string CursorAt(int left, int top) => $"\u001B[{top + 1};{left + 1}H";

    /// <summary>Makes what is written from here on this colour.</summary>
    public static string Foreground(ConsoleColor color) =>
        $"\u001B[{(IsBright(color) ? 90 : 30) + Hue(color)}m";

    /// <summary>Makes the ground of what is written from here on this colour.</summary>
    public static string Background(ConsoleColor color) =>
        $"\u001B[{(IsBright(color) ? 100 : 40) + Hue(color)}m";

    /// <summary><paramref name="text"/> in a colour.</summary>
    public static string Paint(string text, ConsoleColor color) =>
        Foreground(color) + text + Reset;

    /// <summary>How many columns the text takes: its characters without escape sequences.</summary>
    public static int VisibleLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\u001B')
            {
                length++;
                continue;
            }
            i++;
            while (++i < text.Length && text[i] is < '@' or > '~')
            {
                // Parameters of the sequence take no room.
            }
        }
        return length;
    }

    private static bool IsBright(ConsoleColor color) => color >= ConsoleColor.DarkGray;

    // ConsoleColor has blue in bit 0 and red in bit 2, ECMA-48 the other way round.
    private static int Hue(ConsoleColor color)
    {
        int hue = (int)color & 7;
        return ((hue & 1) << 2) | (hue & 2) | (hue >> 2);
    }
}
