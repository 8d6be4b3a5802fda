using System;
using System.Collections.Generic;

namespace Cosmos.System;

/// <summary>A keyboard layout: which key types what.</summary>
public abstract class ScanMapBase
{
    /// <summary>The keys; <see cref="InitKeys"/> fills it.</summary>
    protected List<KeyMapping> Keys = [];

    private readonly KeyMapping?[] _byScanCode = new KeyMapping?[256];

    /// <summary>Builds the layout.</summary>
    protected ScanMapBase()
    {
        InitKeys();
        foreach (KeyMapping key in Keys)
            _byScanCode[key.Scancode] = key;
    }

    /// <summary>What a key that went down means; null for a key that the layout lacks.</summary>
    public KeyEvent? ConvertScanCode(
        byte scan2, bool ctrl, bool shift, bool alt, bool num, bool caps, bool scroll)
    {
        _ = scroll;
        ConsoleModifiers held = (shift ? ConsoleModifiers.Shift : 0)
            | (alt ? ConsoleModifiers.Alt : 0) | (ctrl ? ConsoleModifiers.Control : 0);
        return TryConvert(scan2, held, num, caps, out KeyPress key)
            ? new KeyEvent(key.Symbol, key.Key, key.Modifiers, KeyEvent.KeyEventType.Make)
            : null;
    }

    /// <summary>Whether a scan code is that of a key.</summary>
    public bool ScanCodeMatchesKey(byte scanCode, ConsoleKeyEx key) =>
        _byScanCode[scanCode]?.Key == key;

    /// <summary>The same without allocating; false for a key that the layout lacks.</summary>
    internal bool TryConvert(
        byte scanCode, ConsoleModifiers held, bool num, bool caps, out KeyPress press)
    {
        press = default;
        KeyMapping? key = _byScanCode[scanCode];
        if (key == null)
            return false;
        bool shift = (held & ConsoleModifiers.Shift) != 0;
        bool ctrl = (held & ConsoleModifiers.Control) != 0;
        char symbol = (num, caps, shift) switch
        {
            (_, true, true) => key.ShiftCapsLock,
            (_, true, false) => key.CapsLock,
            (true, _, true) => key.ShiftNumLock,
            (true, _, false) => key.NumLock,
            (_, _, true) => key.Shift,
            _ => key.Value,
        };
        // Caps lock does nothing to the number pad.
        if (symbol == 0 && num && !shift)
            symbol = key.NumLock;
        if (ctrl && (held & ConsoleModifiers.Alt) != 0)
            symbol = key.ControlAlt;
        else if (ctrl && char.IsAsciiLetter(symbol))
            symbol = (char)(symbol & 0x1F);
        press = new KeyPress(symbol, num && !shift ? key.NumLockKey : key.Key, held);
        return true;
    }

    /// <summary>Fills <see cref="Keys"/>.</summary>
    protected abstract void InitKeys();

    /// <summary>Adds keys whose scan codes follow one another.</summary>
    /// <param name="first">Scan code of the first.</param>
    /// <param name="plain">What they type.</param>
    /// <param name="shifted">What they type with shift.</param>
    /// <param name="keys">The keys.</param>
    protected void AddRow(
        byte first, string plain, string shifted, ReadOnlySpan<ConsoleKeyEx> keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            char norm = plain[i];
            char shift = shifted[i];
            bool letter = char.ToUpperInvariant(norm) == shift && norm != shift;
            Keys.Add(new KeyMapping((byte)(first + i), norm, shift, norm,
                letter ? shift : norm, letter ? norm : shift, shift, keys[i]));
        }
    }

    /// <summary>Adds what is alike on all keyboards: function, cursor and number keys.</summary>
    protected void AddCommonKeys()
    {
        Keys.Add(new KeyMapping(0x01, '\x1B', ConsoleKeyEx.Escape));
        Keys.Add(new KeyMapping(0x0E, '\b', ConsoleKeyEx.Backspace));
        Keys.Add(new KeyMapping(0x0F, '\t', ConsoleKeyEx.Tab));
        Keys.Add(new KeyMapping(0x1C, '\n', ConsoleKeyEx.Enter));
        Keys.Add(new KeyMapping(0x39, ' ', ConsoleKeyEx.Spacebar));
        Keys.Add(new KeyMapping(0x37, '*', ConsoleKeyEx.NumMultiply));
        for (byte i = 0; i < 10; i++)
            Keys.Add(new KeyMapping((byte)(0x3B + i), ConsoleKeyEx.F1 + i));
        Keys.Add(new KeyMapping(0x57, ConsoleKeyEx.F11));
        Keys.Add(new KeyMapping(0x58, ConsoleKeyEx.F12));
        AddNumberPad();
        AddExtended();
    }

    private void AddNumberPad()
    {
        Keys.Add(new KeyMapping(0x47, '7', ConsoleKeyEx.Num7, ConsoleKeyEx.Home));
        Keys.Add(new KeyMapping(0x48, '8', ConsoleKeyEx.Num8, ConsoleKeyEx.UpArrow));
        Keys.Add(new KeyMapping(0x49, '9', ConsoleKeyEx.Num9, ConsoleKeyEx.PageUp));
        Keys.Add(new KeyMapping(0x4A, '-', ConsoleKeyEx.NumMinus));
        Keys.Add(new KeyMapping(0x4B, '4', ConsoleKeyEx.Num4, ConsoleKeyEx.LeftArrow));
        Keys.Add(new KeyMapping(0x4C, '5', ConsoleKeyEx.Num5, ConsoleKeyEx.Num5));
        Keys.Add(new KeyMapping(0x4D, '6', ConsoleKeyEx.Num6, ConsoleKeyEx.RightArrow));
        Keys.Add(new KeyMapping(0x4E, '+', ConsoleKeyEx.NumPlus));
        Keys.Add(new KeyMapping(0x4F, '1', ConsoleKeyEx.Num1, ConsoleKeyEx.End));
        Keys.Add(new KeyMapping(0x50, '2', ConsoleKeyEx.Num2, ConsoleKeyEx.DownArrow));
        Keys.Add(new KeyMapping(0x51, '3', ConsoleKeyEx.Num3, ConsoleKeyEx.PageDown));
        Keys.Add(new KeyMapping(0x52, '0', ConsoleKeyEx.Num0, ConsoleKeyEx.Insert));
        Keys.Add(new KeyMapping(0x53, '.', ConsoleKeyEx.NumPeriod, ConsoleKeyEx.Delete));
    }

    private void AddExtended()
    {
        const byte E0 = KeyMapping.Extended;
        Keys.Add(new KeyMapping(E0 | 0x1C, '\n', ConsoleKeyEx.NumEnter));
        Keys.Add(new KeyMapping(E0 | 0x35, '/', ConsoleKeyEx.NumDivide));
        Keys.Add(new KeyMapping(E0 | 0x37, ConsoleKeyEx.PrintScreen));
        Keys.Add(new KeyMapping(E0 | 0x47, ConsoleKeyEx.Home));
        Keys.Add(new KeyMapping(E0 | 0x48, ConsoleKeyEx.UpArrow));
        Keys.Add(new KeyMapping(E0 | 0x49, ConsoleKeyEx.PageUp));
        Keys.Add(new KeyMapping(E0 | 0x4B, ConsoleKeyEx.LeftArrow));
        Keys.Add(new KeyMapping(E0 | 0x4D, ConsoleKeyEx.RightArrow));
        Keys.Add(new KeyMapping(E0 | 0x4F, ConsoleKeyEx.End));
        Keys.Add(new KeyMapping(E0 | 0x50, ConsoleKeyEx.DownArrow));
        Keys.Add(new KeyMapping(E0 | 0x51, ConsoleKeyEx.PageDown));
        Keys.Add(new KeyMapping(E0 | 0x52, ConsoleKeyEx.Insert));
        Keys.Add(new KeyMapping(E0 | 0x53, ConsoleKeyEx.Delete));
        Keys.Add(new KeyMapping(E0 | 0x5B, ConsoleKeyEx.LWin));
        Keys.Add(new KeyMapping(E0 | 0x5C, ConsoleKeyEx.RWin));
        Keys.Add(new KeyMapping(E0 | 0x5D, ConsoleKeyEx.Menu));
    }
}
