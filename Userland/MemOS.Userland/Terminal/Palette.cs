using System;

namespace MemOS.Userland.Terminal;

/// <summary>The few colours that MemOS programs use, each with one meaning.</summary>
public static class Palette
{
    /// <summary>What a passage begins with.</summary>
    public static string Title(string text) => Ansi.Paint(text, ConsoleColor.Cyan);

    /// <summary>What is as it should be.</summary>
    public static string Good(string text) => Ansi.Paint(text, ConsoleColor.Green);

    /// <summary>What is not.</summary>
    public static string Bad(string text) => Ansi.Paint(text, ConsoleColor.Red);

    /// <summary>What only guides the eye.</summary>
    public static string Quiet(string text) => Ansi.Paint(text, ConsoleColor.DarkGray);
}
