using System;

namespace Cosmos.System.Screens;

/// <summary>
/// A screen of character cells. Changes are made in memory and drawn by <see cref="Flush"/>, which
/// draws only cells that look different from what is shown: scrolling costs no more than what
/// changes.
/// </summary>
public abstract class TextScreen
{
    private readonly Cell[] _cells;
    private readonly Cell[] _shown;

    // The cells are a ring of rows, so that scrolling moves nothing.
    private int _topRow;
    private int _cursorColumn;
    private int _cursorRow;
    private int _drawnCursor = -1;

    // Rows in which cells may look different from what is shown; none if first > last.
    private int _firstChanged;
    private int _lastChanged;

    /// <summary>Makes an empty screen.</summary>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="rows">Rows.</param>
    protected TextScreen(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        _cells = new Cell[columns * rows];
        _shown = new Cell[columns * rows];
        Fill(new Cell(' ', ConsoleColor.Gray, ConsoleColor.Black));
    }

    /// <summary>Cells in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Whether the cursor is drawn.</summary>
    public bool CursorVisible { get; set; } = true;

    /// <summary>Sets a cell.</summary>
    public void Put(int column, int row, Cell cell)
    {
        _cells[Index(column, row)] = cell;
        Change(row, row);
    }

    /// <summary>Sets all cells.</summary>
    public void Fill(Cell cell)
    {
        Array.Fill(_cells, cell);
        Change(0, Rows - 1);
    }

    /// <summary>Moves everything a row up and fills the last row.</summary>
    public void Scroll(Cell fill)
    {
        _topRow = (_topRow + 1) % Rows;
        Array.Fill(_cells, fill, Index(0, Rows - 1), Columns);
        Change(0, Rows - 1);
    }

    /// <summary>Says where the cursor is to be drawn.</summary>
    public void MoveCursor(int column, int row)
    {
        _cursorColumn = column;
        _cursorRow = row;
    }

    /// <summary>Draws what has changed.</summary>
    public void Flush()
    {
        int cursor = CursorVisible ? _cursorRow * Columns + _cursorColumn : -1;
        if (_drawnCursor >= 0 && _drawnCursor != cursor)
        {
            _shown[_drawnCursor] = default;
            Change(_drawnCursor / Columns, _drawnCursor / Columns);
        }
        if (cursor >= 0)
            Change(_cursorRow, _cursorRow);
        for (int row = _firstChanged; row <= _lastChanged; row++)
        {
            int position = row * Columns;
            ReadOnlySpan<Cell> cells = _cells.AsSpan(Index(0, row), Columns);
            for (int column = 0; column < Columns; column++, position++)
            {
                if (cells[column] == _shown[position] && position != cursor)
                    continue;
                _shown[position] = cells[column];
                Draw(column, row, position == cursor ? cells[column].Inverted() : cells[column]);
            }
        }
        _drawnCursor = cursor;
        (_firstChanged, _lastChanged) = (Rows, -1);
    }

    /// <summary>
    /// Says that the real screen's memory is mapped elsewhere now; what it shows stays.
    /// </summary>
    /// <param name="memory">Where, as much as was mapped before.</param>
    public abstract void Remap(nint memory);

    /// <summary>Puts a cell on the real screen.</summary>
    protected abstract void Draw(int column, int row, Cell cell);

    private void Change(int first, int last)
    {
        _firstChanged = Math.Min(_firstChanged, first);
        _lastChanged = Math.Max(_lastChanged, last);
    }

    private int Index(int column, int row) => (row + _topRow) % Rows * Columns + column;
}
