using System;

namespace Cosmos.System;

/// <summary>A key that went down or up.</summary>
public class KeyEvent
{
    /// <summary>An event with nothing set.</summary>
    public KeyEvent()
    {
    }

    /// <summary>An event of a key.</summary>
    public KeyEvent(char keyChar, ConsoleKeyEx key, ConsoleModifiers modifiers, KeyEventType type)
    {
        KeyChar = keyChar;
        Key = key;
        Modifiers = modifiers;
        Type = type;
    }

    /// <summary>An event of a key.</summary>
    /// <param name="keyChar">What it types.</param>
    /// <param name="key">The key.</param>
    /// <param name="shift">Whether shift was held down with it.</param>
    /// <param name="alt">Whether alt was held down with it.</param>
    /// <param name="control">Whether control was held down with it.</param>
    /// <param name="type">Which way it went.</param>
    public KeyEvent(
        char keyChar, ConsoleKeyEx key, bool shift, bool alt, bool control, KeyEventType type)
        : this(keyChar, key, ModifiersOf(shift, alt, control), type)
    {
    }

    /// <summary>Which way a key went.</summary>
    public enum KeyEventType
    {
        /// <summary>Down.</summary>
        Make,

        /// <summary>Up.</summary>
        Break,
    }

    /// <summary>The character that the key types with its modifiers; 0 for none.</summary>
    public char KeyChar { get; set; }

    /// <summary>The key.</summary>
    public ConsoleKeyEx Key { get; set; }

    /// <summary>What was held down with it.</summary>
    public ConsoleModifiers Modifiers { get; set; }

    /// <summary>Which way it went.</summary>
    public KeyEventType Type { get; set; }

    private static ConsoleModifiers ModifiersOf(bool shift, bool alt, bool control) =>
        (shift ? ConsoleModifiers.Shift : 0) | (alt ? ConsoleModifiers.Alt : 0)
            | (control ? ConsoleModifiers.Control : 0);
}
