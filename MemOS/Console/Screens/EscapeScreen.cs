using System;
using Cosmos.System.Terminals;

namespace MemOS.Consoles;

/// <summary>
/// Shows on a surface what a terminal would show: UTF-8 text and the control functions of ECMA-48
/// that programs use, and xterm's for saving and hiding the cursor. What it does not know it
/// leaves out. Text may be cut anywhere between two calls.
/// </summary>
/// <remarks>
/// A line feed goes to the start of the next row. After a character in the last column the cursor
/// stays there, and the next character begins a new row, as on a VT100. Allocates nothing.
/// </remarks>
/// <param name="surface">Where it is shown.</param>
public sealed class EscapeScreen(ITextSurface surface)
{
    private const int TabWidth = 8;
    private const int CursorMode = 25;
    private const char Unknown = '\uFFFD';

    private readonly SequenceReader _sequence = new();
    private Utf8Decoder _utf8;
    private TextStyle _style = TextStyle.Usual;
    private Place _place;
    private Place _savedPlace;
    private TextStyle _savedStyle = TextStyle.Usual;

    // The last column is filled and the next character belongs to the next row.
    private bool _isRowFull;

    private readonly record struct Place(int Column, int Row);

    /// <summary>Shows text.</summary>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        foreach (byte value in utf8)
            Take(value);
        surface.MoveCursor(_place.Column, _place.Row);
        surface.Flush();
    }

    private void Take(byte value)
    {
        if (_utf8.IsInside)
        {
            TakeText(value);
            return;
        }
        switch (_sequence.Take(value))
        {
            case SequencePart.Text:
                TakeText(value);
                break;
            case SequencePart.EscapeEnd:
                PerformEscape(value);
                break;
            case SequencePart.ControlEnd:
                PerformControl(value);
                break;
            case SequencePart.PrivateControlEnd:
                SetMode(value);
                break;
        }
    }

    private void TakeText(byte value)
    {
        switch (_utf8.Take(value))
        {
            case Utf8Step.Complete when _utf8.CodePoint < ' ':
                PerformCharacter((char)_utf8.CodePoint);
                break;
            // DEL and the control characters of Latin 1 show nothing.
            case Utf8Step.Complete when _utf8.CodePoint is >= 0x7F and < 0xA0:
                break;
            case Utf8Step.Complete:
                Put(_utf8.CodePoint <= char.MaxValue ? (char)_utf8.CodePoint : Unknown);
                break;
            case Utf8Step.Malformed:
                Put(Unknown);
                break;
            case Utf8Step.Interrupted:
                Put(Unknown);
                Take(value);
                break;
        }
    }

    private void Put(char symbol)
    {
        if (_isRowFull)
            NewLine();
        surface.Put(_place.Column, _place.Row, _style.Draw(symbol));
        if (_place.Column + 1 < surface.Columns)
            _place = _place with { Column = _place.Column + 1 };
        else
            _isRowFull = true;
    }

    private void PerformCharacter(char control)
    {
        switch (control)
        {
            case '\n':
                NewLine();
                break;
            case '\r':
                MoveTo(0, _place.Row);
                break;
            case '\b':
                MoveTo(_place.Column - 1, _place.Row);
                break;
            case '\t':
                MoveTo((_place.Column / TabWidth + 1) * TabWidth, _place.Row);
                break;
        }
    }

    private void PerformEscape(byte final)
    {
        switch ((char)final)
        {
            case '7':
                Save();
                break;
            case '8':
                Restore();
                break;
            case 'c':
                Reset();
                break;
        }
    }

    private void PerformControl(byte final)
    {
        ReadOnlySpan<int> parameters = _sequence.Parameters;
        (int column, int row) = (_place.Column, _place.Row);
        int first = Math.Max(parameters[0], 1);
        switch ((char)final)
        {
            case 'A':
                MoveTo(column, row - first);
                break;
            case 'B':
                MoveTo(column, row + first);
                break;
            case 'C':
                MoveTo(column + first, row);
                break;
            case 'D':
                MoveTo(column - first, row);
                break;
            case 'E':
                MoveTo(0, row + first);
                break;
            case 'F':
                MoveTo(0, row - first);
                break;
            case 'G':
                MoveTo(first - 1, row);
                break;
            case 'd':
                MoveTo(column, first - 1);
                break;
            case 'H' or 'f':
                MoveTo(parameters.Length > 1 ? parameters[1] - 1 : 0, first - 1);
                break;
            case 'J':
                EraseDisplay(parameters[0]);
                break;
            case 'K':
                EraseLine(parameters[0]);
                break;
            case 'm':
                _style = _style.Select(parameters);
                break;
            case 's':
                Save();
                break;
            case 'u':
                Restore();
                break;
        }
    }

    private void SetMode(byte final)
    {
        if (!_sequence.Parameters.Contains(CursorMode))
            return;
        if (final == 'h')
            surface.ShowCursor(CursorState.Shown);
        else if (final == 'l')
            surface.ShowCursor(CursorState.Hidden);
    }

    private void MoveTo(int column, int row)
    {
        _place = new Place(
            Math.Clamp(column, 0, surface.Columns - 1), Math.Clamp(row, 0, surface.Rows - 1));
        _isRowFull = false;
    }

    private void NewLine()
    {
        if (_place.Row + 1 == surface.Rows)
            surface.Scroll(_style.Blank);
        MoveTo(0, _place.Row + 1);
    }

    private void Save() => (_savedPlace, _savedStyle) = (_place, _style);

    private void Restore()
    {
        MoveTo(_savedPlace.Column, _savedPlace.Row);
        _style = _savedStyle;
    }

    private void Reset()
    {
        _style = TextStyle.Usual;
        MoveTo(0, 0);
        Save();
        EraseRows(0, surface.Rows);
        surface.ShowCursor(CursorState.Shown);
    }

    // 0: from the cursor on; 1: up to it; 2: everything. Anything else, scrolled lines for
    // example, does not exist here.
    private void EraseDisplay(int part)
    {
        if (part is 0 or 1)
            EraseLine(part);
        if (part is 1 or 2)
            EraseRows(0, part == 1 ? _place.Row : surface.Rows);
        else if (part == 0)
            EraseRows(_place.Row + 1, surface.Rows);
    }

    private void EraseLine(int part)
    {
        if (part is < 0 or > 2)
            return;
        int start = part == 0 ? _place.Column : 0;
        int end = part == 1 ? _place.Column + 1 : surface.Columns;
        surface.Fill(_place.Row, start, end, _style.Blank);
    }

    private void EraseRows(int start, int end)
    {
        for (int row = start; row < end; row++)
            surface.Fill(row, 0, surface.Columns, _style.Blank);
    }
}
