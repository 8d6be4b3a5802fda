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
}
