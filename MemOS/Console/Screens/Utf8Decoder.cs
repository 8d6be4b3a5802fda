namespace MemOS.Consoles;

/// <summary>What a byte was to a <see cref="Utf8Decoder"/>.</summary>
internal enum Utf8Step
{
    /// <summary>Part of a character that is not complete yet.</summary>
    Incomplete,

    /// <summary>The last byte of a character.</summary>
    Complete,

    /// <summary>No part of any character.</summary>
    Malformed,

    /// <summary>The first byte of something else: what was begun stays without an end.</summary>
    Interrupted,
}

/// <summary>
/// Decodes UTF-8 one byte at a time (Unicode 16, section 3.9, "maximal subparts").
/// </summary>
internal struct Utf8Decoder
{
    private const byte FirstContinuation = 0x80;
    private const byte LastContinuation = 0xBF;

    private int _missing;

    // The second byte's limits exclude long forms, surrogates and what is above U+10FFFF.
    private byte _least;
    private byte _most;

    /// <summary>Whether a character has begun and not ended.</summary>
    internal readonly bool IsInside => _missing > 0;

    /// <summary>The character after <see cref="Utf8Step.Complete"/>.</summary>
    internal int CodePoint { get; private set; }

    /// <summary>Takes a byte.</summary>
    internal Utf8Step Take(byte value)
    {
        if (_missing == 0)
            return Begin(value);
        if (value < _least || value > _most)
        {
            _missing = 0;
            return Utf8Step.Interrupted;
        }
        _least = FirstContinuation;
        _most = LastContinuation;
        CodePoint = (CodePoint << 6) | (value & 0x3F);
        return --_missing == 0 ? Utf8Step.Complete : Utf8Step.Incomplete;
    }

    private Utf8Step Begin(byte lead)
    {
        (_missing, CodePoint) = lead switch
        {
            < 0x80 => (0, lead),
            >= 0xC2 and <= 0xDF => (1, lead & 0x1F),
            >= 0xE0 and <= 0xEF => (2, lead & 0x0F),
            >= 0xF0 and <= 0xF4 => (3, lead & 0x07),
            _ => (0, 0),
        };
        _least = lead switch
        {
            0xE0 => 0xA0,
            0xF0 => 0x90,
            _ => FirstContinuation,
        };
        _most = lead switch
        {
            0xED => 0x9F,
            0xF4 => 0x8F,
            _ => LastContinuation,
        };
        if (_missing > 0)
            return Utf8Step.Incomplete;
        return lead < 0x80 ? Utf8Step.Complete : Utf8Step.Malformed;
    }
}
