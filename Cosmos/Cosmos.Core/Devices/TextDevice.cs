using System;

namespace Cosmos.Core.Devices;

/// <summary>
/// Something that shows text. Writing never allocates, so that a panic can use it.
/// </summary>
public abstract class TextDevice
{
    /// <summary>Shows text; understands line feed, carriage return, backspace and tab.</summary>
    public abstract void Write(ReadOnlySpan<char> text);

    /// <summary>Sets the colours of what is written next.</summary>
    public abstract void SetColors(ConsoleColor foreground, ConsoleColor background);

    /// <summary>Empties the screen and goes to its first cell.</summary>
    public abstract void Clear();
}
