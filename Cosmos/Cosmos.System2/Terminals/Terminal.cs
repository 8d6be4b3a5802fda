using System;
using Cosmos.Core.Devices;
using Cosmos.System.Screens;

namespace Cosmos.System.Terminals;

/// <summary>
/// A place for text: a screen and a serial line that both show the same. Either may be missing.
/// </summary>
public sealed class Terminal : TextDevice
{
    private const int TabWidth = 8;
    private const int SerialColumns = 80;
    private const int SerialRows = 25;

    private static Terminal? _active;

    private readonly TextScreen? _screen;
    private readonly SerialLine? _line;
    private int _column;
    private int _row;

    /// <summary>Makes a terminal.</summary>
    /// <param name="screen">The screen, or null.</param>
    /// <param name="line">The serial line, or null.</param>
    public Terminal(TextScreen? screen, SerialLine? line)
    {
        _screen = screen;
        _line = line;
        Columns = screen?.Columns ?? SerialColumns;
        Rows = screen?.Rows ?? SerialRows;
    }

    /// <summary>The terminal of <see cref="Console"/>; before there is a screen, COM1.</summary>
    public static Terminal Active
    {
        get => _active ??= new Terminal(null, new SerialLine(new SerialPort(SerialPort.Com1)));
        set => _active = value;
    }

    /// <summary>Cells in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>The cursor's column, from 0.</summary>
    public int Column => _column;

    /// <summary>The cursor's row, from 0.</summary>
    public int Row => _row;

    /// <summary>Colour of what is written next.</summary>
    public ConsoleColor Foreground { get; private set; } = ConsoleColor.Gray;

    /// <summary>Colour behind what is written next.</summary>
    public ConsoleColor Background { get; private set; } = ConsoleColor.Black;

    /// <summary>Whether the cursor is shown.</summary>
    public bool CursorVisible
    {
        get => _screen?.CursorVisible ?? true;
        set
        {
            if (_screen != null)
                _screen.CursorVisible = value;
            _line?.ShowCursor(value ? CursorState.Shown : CursorState.Hidden);
            _screen?.Flush();
        }
    }

    private Cell Blank => new(' ', Foreground, Background);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        foreach (char symbol in text)
            Put(symbol);
        _line?.Write(text);
        ShowCursor();
    }

    /// <inheritdoc/>
    public override void SetColors(ConsoleColor foreground, ConsoleColor background)
    {
        if (foreground == Foreground && background == Background)
            return;
        Foreground = foreground;
        Background = background;
        _line?.SetColors(foreground, background);
    }

    /// <summary>Goes back to light grey on black.</summary>
    public void ResetColors()
    {
        Foreground = ConsoleColor.Gray;
        Background = ConsoleColor.Black;
        _line?.ResetColors();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        _screen?.Fill(Blank);
        _column = 0;
        _row = 0;
        _line?.Clear();
        ShowCursor();
    }

    /// <summary>Moves the cursor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public void MoveTo(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        _column = column;
        _row = row;
        _line?.MoveTo(column, row);
        ShowCursor();
    }

    private void Put(char symbol)
    {
        switch (symbol)
        {
            case '\n':
                NewLine();
                break;
            case '\r':
                _column = 0;
                break;
            case '\b':
                StepBack();
                break;
            case '\t':
                do
                    PutVisible(' ');
                while (_column % TabWidth != 0);
                break;
            default:
                if (!char.IsControl(symbol))
                    PutVisible(symbol);
                break;
        }
    }

    private void PutVisible(char symbol)
    {
        if (_column == Columns)
            NewLine();
        _screen?.Put(_column, _row, new Cell(symbol, Foreground, Background));
        _column++;
    }

    private void NewLine()
    {
        _column = 0;
        if (_row + 1 < Rows)
            _row++;
        else
            _screen?.Scroll(Blank);
    }

    private void StepBack()
    {
        if (_column > 0)
        {
            _column--;
        }
        else if (_row > 0)
        {
            _row--;
            _column = Columns - 1;
        }
    }

    private void ShowCursor()
    {
        // After the last column the cursor waits there, and the next character starts a new row.
        _screen?.MoveCursor(Math.Min(_column, Columns - 1), _row);
        _screen?.Flush();
    }
}
