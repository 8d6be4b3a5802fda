using System;

namespace MemOS.Consoles;

/// <summary>What a byte was to a <see cref="SequenceReader"/>.</summary>
internal enum SequencePart
{
    /// <summary>No part of an escape sequence: text, or a control character.</summary>
    Text,

    /// <summary>Part of a sequence that has no effect yet, or none at all.</summary>
    Consumed,

    /// <summary>The last byte of an escape sequence of two bytes.</summary>
    EscapeEnd,

    /// <summary>The last byte of a control sequence.</summary>
    ControlEnd,

    /// <summary>The last byte of a control sequence whose parameters begin with "?".</summary>
    PrivateControlEnd,
}

/// <summary>
/// Finds escape and control sequences in what is written to a terminal (ECMA-48, section 5),
/// one byte at a time. Any bytes are legal: what is no sequence is left out.
/// </summary>
internal sealed class SequenceReader
{
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1A;
    private const byte Escape = 0x1B;
    private const byte Bell = 0x07;
    private const byte Delete = 0x7F;
    private const int MostParameters = 16;
    private const int LargestParameter = 9999;

    private readonly int[] _parameters = new int[MostParameters];
    private int _count;
    private Place _place;

    private enum Place
    {
        Text,
        Escaped,
        EscapeIntermediate,
        Introduced,
        Parameters,
        PrivateParameters,
        Ignored,
        String,
    }

    /// <summary>The parameters of the sequence that has ended; omitted ones are 0.</summary>
    internal ReadOnlySpan<int> Parameters =>
        _parameters.AsSpan(0, Math.Min(_count + 1, MostParameters));

    /// <summary>Takes a byte.</summary>
    internal SequencePart Take(byte value)
    {
        if (value == Escape)
        {
            _place = Place.Escaped;
            return SequencePart.Consumed;
        }
        if (_place == Place.Text)
            return SequencePart.Text;
        if (_place == Place.String)
            return TakeString(value);
        if (value < ' ')
            return TakeControlCharacter(value);
        if (value > Delete)
        {
            _place = Place.Text;
            return SequencePart.Text;
        }
        if (value == Delete)
            return SequencePart.Consumed;
        return _place switch
        {
            Place.Escaped => TakeEscaped(value),
            Place.EscapeIntermediate => TakeIntermediate(value),
            _ => TakeControl(value),
        };
    }

    // Terminals obey control characters in the midst of a sequence.
    private SequencePart TakeControlCharacter(byte value)
    {
        if (value is not (Cancel or Substitute))
            return SequencePart.Text;
        _place = Place.Text;
        return SequencePart.Consumed;
    }

    // A string (a window's title, for example) ends with BEL or ESC \. To end it at any other
    // control character too keeps stray bytes from swallowing all that follows.
    private SequencePart TakeString(byte value)
    {
        if (value >= ' ')
            return SequencePart.Consumed;
        _place = Place.Text;
        return value is Bell or Cancel or Substitute ? SequencePart.Consumed : SequencePart.Text;
    }

    private SequencePart TakeEscaped(byte value)
    {
        switch (value)
        {
            case (byte)'[':
                _place = Place.Introduced;
                _count = 0;
                _parameters.AsSpan().Clear();
                return SequencePart.Consumed;
            case (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_':
                _place = Place.String;
                return SequencePart.Consumed;
            case < (byte)'0':
                _place = Place.EscapeIntermediate;
                return SequencePart.Consumed;
            default:
                _place = Place.Text;
                return SequencePart.EscapeEnd;
        }
    }

    // No sequence with an intermediate byte has an effect: they choose character sets.
    private SequencePart TakeIntermediate(byte value)
    {
        if (value >= '0')
            _place = Place.Text;
        return SequencePart.Consumed;
    }

    private SequencePart TakeControl(byte value)
    {
        if (value >= '@')
            return EndControl();
        if (_place == Place.Introduced)
            _place = value == '?' ? Place.PrivateParameters : Place.Parameters;
        else if (value == '?')
            _place = Place.Ignored;
        switch (value)
        {
            case >= (byte)'0' and <= (byte)'9' when _count < MostParameters:
                ref int parameter = ref _parameters[_count];
                parameter = Math.Min(parameter * 10 + (value - '0'), LargestParameter);
                break;
            case (byte)';':
                _count = Math.Min(_count + 1, MostParameters);
                break;
            case (byte)'?' or (>= (byte)'0' and <= (byte)'9'):
                break;
            default:
                _place = Place.Ignored;
                break;
        }
        return SequencePart.Consumed;
    }

    private SequencePart EndControl()
    {
        Place place = _place;
        _place = Place.Text;
        return place switch
        {
            Place.Ignored => SequencePart.Consumed,
            Place.PrivateParameters => SequencePart.PrivateControlEnd,
            _ => SequencePart.ControlEnd,
        };
    }
}
