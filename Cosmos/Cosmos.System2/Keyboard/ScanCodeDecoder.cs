using System;

namespace Cosmos.System;

/// <summary>Turns scan codes of set 1 into keys, and keeps what is held down and locked.</summary>
public sealed class ScanCodeDecoder
{
    private const byte ExtendedPrefix = 0xE0;
    private const byte PausePrefix = 0xE1;
    private const byte Released = 0x80;

    // The pause key's code has two more bytes, down and up alike.
    private const int PauseBytes = 2;

    private const byte Control = 0x1D;
    private const byte LeftShift = 0x2A;
    private const byte RightShift = 0x36;
    private const byte AltKey = 0x38;
    private const byte CapsLockKey = 0x3A;
    private const byte NumLockKey = 0x45;
    private const byte ScrollLockKey = 0x46;

    private byte _prefix;
    private int _skip;
    private Held _held;

    [Flags]
    private enum Held
    {
        None = 0,
        LeftShift = 1,
        RightShift = 2,
        LeftControl = 4,
        RightControl = 8,
        LeftAlt = 16,
        RightAlt = 32,
    }

    /// <summary>The layout.</summary>
    public ScanMapBase Layout { get; set; } = new ScanMaps.USStandardLayout();

    /// <summary>Whether the number pad types digits.</summary>
    public bool NumLock { get; set; } = true;

    /// <summary>Whether letters are capital.</summary>
    public bool CapsLock { get; set; }

    /// <summary>Whether scroll lock is on.</summary>
    public bool ScrollLock { get; set; }

    /// <summary>Whether a shift key is down.</summary>
    public bool Shift
    {
        get => IsHeld(Held.LeftShift | Held.RightShift);
        set => Hold(Held.LeftShift, Held.RightShift, value);
    }

    /// <summary>Whether a control key is down.</summary>
    public bool Ctrl
    {
        get => IsHeld(Held.LeftControl | Held.RightControl);
        set => Hold(Held.LeftControl, Held.RightControl, value);
    }

    /// <summary>Whether an alt key is down.</summary>
    public bool Alt
    {
        get => IsHeld(Held.LeftAlt | Held.RightAlt);
        set => Hold(Held.LeftAlt, Held.RightAlt, value);
    }

    /// <summary>Takes a byte from the keyboard.</summary>
    /// <returns>The key that went down, if that was its last byte.</returns>
    public KeyEvent? Decode(byte value) => TryDecode(value, out KeyPress key)
        ? new KeyEvent(key.Symbol, key.Key, key.Modifiers, KeyEvent.KeyEventType.Make)
        : null;

    /// <summary>Takes a byte from the keyboard; allocates nothing.</summary>
    /// <returns>Whether it was the last byte of a key that went down.</returns>
    public bool TryDecode(byte value, out KeyPress key)
    {
        key = default;
        if (_skip > 0)
        {
            _skip--;
            return false;
        }
        if (value == PausePrefix)
        {
            _skip = PauseBytes;
            return false;
        }
        if (value == ExtendedPrefix)
        {
            _prefix = KeyMapping.Extended;
            return false;
        }
        byte prefix = _prefix;
        _prefix = 0;
        byte code = (byte)(value & ~Released);
        bool down = (value & Released) == 0;
        Held modifier = ModifierOf(code, prefix);
        if (modifier != Held.None)
        {
            _held = down ? _held | modifier : _held & ~modifier;
            return false;
        }
        if (!down || (prefix == 0 && Toggle(code)))
            return false;
        // AltGr is control and alt.
        bool third = (_held & Held.RightAlt) != 0;
        ConsoleModifiers held = (Shift ? ConsoleModifiers.Shift : 0)
            | (Alt ? ConsoleModifiers.Alt : 0)
            | (Ctrl || third ? ConsoleModifiers.Control : 0);
        return Layout.TryConvert((byte)(code | prefix), held, NumLock, CapsLock, out key);
    }

    private static Held ModifierOf(byte code, byte prefix) => (code, prefix) switch
    {
        (LeftShift, 0) => Held.LeftShift,
        (RightShift, 0) => Held.RightShift,
        (Control, 0) => Held.LeftControl,
        (Control, _) => Held.RightControl,
        (AltKey, 0) => Held.LeftAlt,
        (AltKey, _) => Held.RightAlt,
        _ => Held.None,
    };

    private bool IsHeld(Held keys) => (_held & keys) != 0;

    private void Hold(Held left, Held right, bool isHeld)
    {
        _held &= ~(left | right);
        if (isHeld)
            _held |= left;
    }

    private bool Toggle(byte code)
    {
        switch (code)
        {
            case CapsLockKey:
                CapsLock = !CapsLock;
                return true;
            case NumLockKey:
                NumLock = !NumLock;
                return true;
            case ScrollLockKey:
                ScrollLock = !ScrollLock;
                return true;
            default:
                return false;
        }
    }
}
