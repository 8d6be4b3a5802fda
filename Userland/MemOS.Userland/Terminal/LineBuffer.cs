using System;

namespace MemOS.Userland.Terminal;

/// <summary>A line of text with a cursor in it.</summary>
/// <remarks>Holds one array for its whole life: typing does not allocate.</remarks>
public sealed class LineBuffer
{
    /// <summary>Longest line, in characters; what is typed beyond it is dropped.</summary>
    public const int Capacity = 4096;

    private readonly char[] _text = new char[Capacity];

    /// <summary>Characters in the line.</summary>
    public int Length { get; private set; }

    /// <summary>Where the next character goes: 0 to <see cref="Length"/>.</summary>
    public int Cursor { get; private set; }

    /// <summary>The line's characters, valid until the next change.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    /// <summary>Puts text in at the cursor and moves the cursor behind it.</summary>
    /// <returns>Whether it had room; if not, nothing has changed.</returns>
    public bool Insert(ReadOnlySpan<char> text)
    {
        if (text.Length > Capacity - Length)
            return false;
        _text.AsSpan(Cursor, Length - Cursor).CopyTo(_text.AsSpan(Cursor + text.Length));
        text.CopyTo(_text.AsSpan(Cursor));
        Length += text.Length;
        Cursor += text.Length;
        return true;
    }

    /// <summary>Removes the characters from <paramref name="start"/> up to the cursor.</summary>
    public void DeleteBack(int start)
    {
        start = Math.Clamp(start, 0, Cursor);
        _text.AsSpan(Cursor, Length - Cursor).CopyTo(_text.AsSpan(start));
        Length -= Cursor - start;
        Cursor = start;
    }

    /// <summary>Removes the characters from the cursor up to <paramref name="end"/>.</summary>
    public void DeleteForward(int end)
    {
        end = Math.Clamp(end, Cursor, Length);
        _text.AsSpan(end, Length - end).CopyTo(_text.AsSpan(Cursor));
        Length -= end - Cursor;
    }

    /// <summary>Moves the cursor, as far as the line goes.</summary>
    public void MoveTo(int position) => Cursor = Math.Clamp(position, 0, Length);

    /// <summary>Where the word before the cursor begins.</summary>
    public int WordStart()
    {
        int position = Cursor;
        while (position > 0 && _text[position - 1] == ' ')
            position--;
        while (position > 0 && _text[position - 1] != ' ')
            position--;
        return position;
    }

    /// <summary>Where the word after the cursor ends.</summary>
    public int WordEnd()
    {
        int position = Cursor;
        while (position < Length && _text[position] == ' ')
            position++;
        while (position < Length && _text[position] != ' ')
            position++;
        return position;
    }

    /// <summary>
    /// Makes the line <paramref name="text"/>, cut to fit, the cursor at its end.
    /// </summary>
    public void Set(ReadOnlySpan<char> text)
    {
        Length = Math.Min(text.Length, Capacity);
        text[..Length].CopyTo(_text);
        Cursor = Length;
    }
}
