using System;

namespace Cosmos.System.Screens;

/// <summary>What the console's colours look like.</summary>
internal static class Palette
{
    /// <summary>Red, green and blue of a colour, 0-255.</summary>
    internal static (byte Red, byte Green, byte Blue) Rgb(ConsoleColor color) => color switch
    {
        ConsoleColor.Black => (0, 0, 0),
        ConsoleColor.DarkBlue => (0, 0, 160),
        ConsoleColor.DarkGreen => (0, 144, 0),
        ConsoleColor.DarkCyan => (0, 144, 144),
        ConsoleColor.DarkRed => (152, 0, 0),
        ConsoleColor.DarkMagenta => (144, 0, 144),
        ConsoleColor.DarkYellow => (168, 112, 0),
        ConsoleColor.Gray => (192, 192, 192),
        ConsoleColor.DarkGray => (112, 112, 112),
        ConsoleColor.Blue => (80, 96, 255),
        ConsoleColor.Green => (80, 224, 80),
        ConsoleColor.Cyan => (80, 224, 240),
        ConsoleColor.Red => (255, 80, 80),
        ConsoleColor.Magenta => (240, 96, 240),
        ConsoleColor.Yellow => (248, 232, 88),
        _ => (255, 255, 255),
    };

    /// <summary>The colour's number in ANSI sequences: red in bit 0, blue in bit 2.</summary>
    internal static int Ansi(ConsoleColor color)
    {
        int value = (int)color;
        return (value & 8) | (value & 2) | (value & 1) << 2 | (value & 4) >> 2;
    }
}
