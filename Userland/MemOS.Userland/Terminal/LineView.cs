using System;
using System.Text;

namespace MemOS.Userland.Terminal;

/// <summary>Draws a line being edited on the rest of a terminal's row.</summary>
/// <remarks>
/// A line wider than that is shown in part, the part with the cursor, so that one row is enough
/// and no terminal's way of wrapping matters. Draws what has changed, from where the cursor was
/// left: a character typed at the end is sent as itself and nothing more.
/// </remarks>
public sealed class LineView
{
    private readonly StringBuilder _output = new();
    private readonly char[] _row;
    private int _rowLength;
    private int _column;
    private int _firstShown;

    /// <summary>A view with nothing in it.</summary>
    /// <param name="columns">Columns from where the text begins to the end of the row.</param>
    // The last column stays free: writing there makes some terminals wrap.
    public LineView(int columns) => _row = new char[Math.Max(columns - 1, 1)];

    /// <summary>The characters that make the row show this text and this cursor.</summary>
    /// <param name="text">The whole line.</param>
    /// <param name="cursor">The cursor's place in it.</param>
    public string Draw(ReadOnlySpan<char> text, int cursor)
    {
        _output.Clear();
        _firstShown = Math.Clamp(_firstShown, Math.Max(cursor - _row.Length + 1, 0), cursor);
        Show(text.Slice(_firstShown, Math.Min(text.Length - _firstShown, _row.Length)));
        MoveTo(cursor - _firstShown);
        return _output.ToString();
    }

    /// <summary>Says that the cursor stands where the text begins, on an empty row.</summary>
    public void Restart() => (_rowLength, _column, _firstShown) = (0, 0, 0);

    private void Show(ReadOnlySpan<char> text)
    {
        int same = text.CommonPrefixLength(_row.AsSpan(0, _rowLength));
        if (same == text.Length && same == _rowLength)
            return;
        MoveTo(same);
        _output.Append(text[same..]);
        if (text.Length < _rowLength)
            _output.Append(Ansi.ClearToEndOfLine);
        text.CopyTo(_row);
        (_rowLength, _column) = (text.Length, text.Length);
    }

    private void MoveTo(int column)
    {
        if (column < _column)
            _output.Append(Ansi.CursorLeft(_column - column));
        else if (column > _column)
            _output.Append(Ansi.CursorRight(column - _column));
        _column = column;
    }
}
