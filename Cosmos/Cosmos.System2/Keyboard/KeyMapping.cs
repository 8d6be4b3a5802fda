namespace Cosmos.System;

/// <summary>What a key types under each combination of shift, caps lock and num lock.</summary>
/// <remarks>
/// Scan codes are those of set 1; a key with the prefix E0 has <see cref="Extended"/> added.
/// </remarks>
public class KeyMapping
{
    /// <summary>Added to the scan codes of keys with the prefix E0.</summary>
    public const byte Extended = 0x80;

    /// <summary>A key that types nothing.</summary>
    public KeyMapping(byte aScanCode, ConsoleKeyEx aKey)
        : this(aScanCode, '\0', aKey)
    {
    }

    /// <summary>A key that always types the same.</summary>
    public KeyMapping(byte aScanCode, char norm, ConsoleKeyEx aKey)
        : this(aScanCode, norm, norm, norm, norm, norm, norm, aKey)
    {
    }

    /// <summary>A key of the number pad: a digit under num lock, else another key.</summary>
    public KeyMapping(byte aScanCode, char num, ConsoleKeyEx numKey, ConsoleKeyEx norm)
        : this(aScanCode, '\0', '\0', num, '\0', '\0', '\0', norm) => NumLockKey = numKey;

    /// <summary>A key that types a character for each combination.</summary>
    public KeyMapping(
        byte aScanCode, char norm, char shift, char num, char caps, char shiftcaps, char shiftnum,
        ConsoleKeyEx aKey)
    {
        Scancode = aScanCode;
        Value = norm;
        Shift = shift;
        NumLock = num;
        CapsLock = caps;
        ShiftCapsLock = shiftcaps;
        ShiftNumLock = shiftnum;
        Key = aKey;
        NumLockKey = aKey;
    }

    /// <summary>The scan code.</summary>
    public byte Scancode { get; }

    /// <summary>With nothing held or locked.</summary>
    public char Value { get; }

    /// <summary>With shift.</summary>
    public char Shift { get; }

    /// <summary>Under num lock.</summary>
    public char NumLock { get; }

    /// <summary>Under caps lock.</summary>
    public char CapsLock { get; }

    /// <summary>With shift under caps lock.</summary>
    public char ShiftCapsLock { get; }

    /// <summary>With shift under num lock.</summary>
    public char ShiftNumLock { get; }

    /// <summary>With control and alt or with AltGr; 0 for none.</summary>
    public char ControlAlt { get; init; }

    /// <summary>The key.</summary>
    public ConsoleKeyEx Key { get; }

    /// <summary>The key that it is under num lock.</summary>
    public ConsoleKeyEx NumLockKey { get; }
}
