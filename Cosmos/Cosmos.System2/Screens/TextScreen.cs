using System;

namespace Cosmos.System.Screens;

/// <summary>
/// A screen of character cells. Changes are made in memory and drawn by <see cref="Flush"/>, which
/// draws only cells that look different from what is shown: scrolling costs no more than what
/// changes.
/// </summary>
public abstract class TextScreen
{
    // As many cells are looked at in the time in which one is drawn.
    private const int CellsToCheck = 32;

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

    // The cell to look at next, and how many rows are left: drawing in parts goes round and round,
    // so that text which never stops does not keep the last rows from being drawn.
    private int _nextRow;
    private int _nextColumn;
    private int _rowsLeft;

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

    /// <summary>Sets a part of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="start">The first column.</param>
    /// <param name="end">The column behind the last.</param>
    /// <param name="cell">What all of its cells become.</param>
    public void Fill(int row, int start, int end, Cell cell)
    {
        Array.Fill(_cells, cell, Index(start, row), end - start);
        Change(row, row);
    }

    /// <summary>Draws what has changed.</summary>
    public void Flush() => FlushPart(int.MaxValue);

    /// <summary>Draws a part of what has changed.</summary>
    /// <param name="most">How many cells at most; those that look right already count little.
    /// </param>
    /// <returns>Whether all is drawn; else this is to be called again.</returns>
    public bool FlushPart(int most)
    {
        MarkCursor();
        int left = most;
        while (_rowsLeft > 0)
        {
            if (_nextRow < _firstChanged || _nextRow > _lastChanged)
                (_nextColumn, _nextRow) = (0, _firstChanged);
            if (left <= 0 || !TryDrawRow(ref left))
                return false;
            left -= Columns / CellsToCheck;
            (_nextColumn, _nextRow) = (0, _nextRow + 1);
            _rowsLeft--;
        }
        (_firstChanged, _lastChanged) = (Rows, -1);
        return true;
    }

    private void MarkCursor()
    {
        int cursor = CursorVisible ? _cursorRow * Columns + _cursorColumn : -1;
        if (cursor == _drawnCursor)
            return;
        if (_drawnCursor >= 0)
        {
            _shown[_drawnCursor] = default;
            Change(_drawnCursor / Columns, _drawnCursor / Columns);
        }
        if (cursor >= 0)
        {
            _shown[cursor] = default;
            Change(_cursorRow, _cursorRow);
        }
        _drawnCursor = cursor;
    }

    // A cell under the cursor is never shown as it is.
    private bool TryDrawRow(ref int left)
    {
        ReadOnlySpan<Cell> cells = _cells.AsSpan(Index(0, _nextRow), Columns);
        for (; _nextColumn < Columns; _nextColumn++)
        {
            int position = _nextRow * Columns + _nextColumn;
            Cell cell = cells[_nextColumn];
            if (cell == _shown[position])
                continue;
            if (left-- <= 0)
                return false;
            bool isCursor = position == _drawnCursor;
            _shown[position] = isCursor ? default : cell;
            Draw(_nextColumn, _nextRow, isCursor ? cell.Inverted() : cell);
        }
        return true;
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
        // One more, as drawing may have stopped within one.
        _rowsLeft = _lastChanged - _firstChanged + 2;
    }

    private int Index(int column, int row) => (row + _topRow) % Rows * Columns + column;
}
