using System;

namespace Cosmos.System.Screens;

/// <summary>A character in its colours.</summary>
public readonly record struct Cell
{
    private const int ForegroundShift = 16;
    private const int BackgroundShift = 20;
    private const uint ColorMask = 0xF;

    private readonly uint _value;

    /// <summary>Makes a cell.</summary>
    public Cell(char symbol, ConsoleColor foreground, ConsoleColor background) =>
        _value = symbol | (uint)foreground << ForegroundShift | (uint)background << BackgroundShift;

    /// <summary>The character.</summary>
    public char Symbol => (char)_value;

    /// <summary>Its colour.</summary>
    public ConsoleColor Foreground => (ConsoleColor)(_value >> ForegroundShift & ColorMask);

    /// <summary>The colour around it.</summary>
    public ConsoleColor Background => (ConsoleColor)(_value >> BackgroundShift & ColorMask);

    /// <summary>The same character with its colours exchanged.</summary>
    public Cell Inverted() => new(Symbol, Background, Foreground);
}
