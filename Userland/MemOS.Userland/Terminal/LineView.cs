using System;
using System.Text;

namespace MemOS.Userland.Terminal;

/// <summary>Draws a line being edited on the rest of a terminal's row.</summary>
/// <remarks>
/// A line wider than that is shown in part, the part with the cursor, so that one row is enough
/// and no terminal's way of wrapping matters. Draws relative to where the cursor was left.
/// </remarks>
/// <param name="columns">Columns from where the text begins to the end of the row.</param>
public sealed class LineView(int columns)
{
    private readonly StringBuilder _output = new();

    // The last column stays free: writing there makes some terminals wrap.
    private readonly int _room = Math.Max(columns - 1, 1);
    private int _firstShown;
    private int _cursorColumn;

    /// <summary>The characters that make the row show this text and this cursor.</summary>
    /// <param name="text">The whole line.</param>
    /// <param name="cursor">The cursor's place in it.</param>
    public string Draw(ReadOnlySpan<char> text, int cursor)
    {
        _output.Clear();
        Left(_cursorColumn);
        _firstShown = Math.Clamp(_firstShown, Math.Max(cursor - _room + 1, 0), cursor);
        int shown = Math.Min(text.Length - _firstShown, _room);
        _cursorColumn = cursor - _firstShown;
        _output.Append(text.Slice(_firstShown, shown)).Append(Ansi.ClearToEndOfLine);
        Left(shown - _cursorColumn);
        return _output.ToString();
    }

    /// <summary>Says that the cursor stands where the text begins, on a row of its own.</summary>
    public void Restart()
    {
        _firstShown = 0;
        _cursorColumn = 0;
    }

    private void Left(int distance)
    {
        if (distance > 0)
            _output.Append(Ansi.CursorLeft(distance));
    }
}
