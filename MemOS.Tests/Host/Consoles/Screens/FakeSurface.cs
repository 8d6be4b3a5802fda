using System;
using System.Linq;
using System.Text;
using Cosmos.System.Screens;
using Cosmos.System.Terminals;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Screens;

/// <summary>A surface in memory that insists on being used within its bounds.</summary>
internal sealed class FakeSurface : ITextSurface
{
    private readonly Cell[,] _cells;

    internal FakeSurface(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        _cells = new Cell[rows, columns];
        for (int row = 0; row < rows; row++)
            Fill(row, 0, columns, new Cell(' ', ConsoleColor.Gray, ConsoleColor.Black));
    }

    public int Columns { get; }

    public int Rows { get; }

    internal (int Column, int Row) Cursor { get; private set; }

    internal CursorState State { get; private set; } = CursorState.Shown;

    internal int Flushes { get; private set; }

    /// <summary>The rows without the blanks at their ends, one a line.</summary>
    internal string Text => string.Join('\n', Enumerable.Range(0, Rows).Select(Row)).TrimEnd('\n');

    /// <summary>All that can be seen, for comparing.</summary>
    internal string Picture
    {
        get
        {
            StringBuilder picture = new();
            foreach (Cell cell in _cells)
                picture.Append(cell).Append(' ');
            return picture.Append(Cursor).Append(State).ToString();
        }
    }

    public void Put(int column, int row, Cell cell) => _cells[row, column] = cell;

    public void Fill(int row, int start, int end, Cell cell)
    {
        for (int column = start; column < end; column++)
            Put(column, row, cell);
    }

    public void Scroll(Cell fill)
    {
        Array.Copy(_cells, Columns, _cells, 0, (Rows - 1) * Columns);
        Fill(Rows - 1, 0, Columns, fill);
    }

    public void MoveCursor(int column, int row)
    {
        Assert.InRange(column, 0, Columns - 1);
        Assert.InRange(row, 0, Rows - 1);
        Cursor = (column, row);
    }

    public void ShowCursor(CursorState state) => State = state;

    public void Flush() => Flushes++;

    internal Cell At(int column, int row) => _cells[row, column];

    private string Row(int row) => string
        .Concat(Enumerable.Range(0, Columns).Select(column => _cells[row, column].Symbol))
        .TrimEnd(' ');

}
