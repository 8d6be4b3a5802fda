using Cosmos.System.Screens;
using Cosmos.System.Terminals;

namespace MemOS.Consoles;

/// <summary>Character cells in rows, as an escape interpreter needs them.</summary>
public interface ITextSurface
{
    /// <summary>Cells in a row, 1 or more.</summary>
    int Columns { get; }

    /// <summary>Rows, 1 or more.</summary>
    int Rows { get; }

    /// <summary>Sets a cell; column and row count from 0.</summary>
    void Put(int column, int row, Cell cell);

    /// <summary>Sets the cells of a row from one column up to another, which is not set.</summary>
    void Fill(int row, int start, int end, Cell cell);

    /// <summary>Moves everything a row up and fills the last row.</summary>
    void Scroll(Cell fill);

    /// <summary>Says where the cursor is; column and row count from 0.</summary>
    void MoveCursor(int column, int row);

    /// <summary>Shows or hides the cursor.</summary>
    void ShowCursor(CursorState state);

    /// <summary>Says that the picture is complete for now and may be shown.</summary>
    void Flush();
}
