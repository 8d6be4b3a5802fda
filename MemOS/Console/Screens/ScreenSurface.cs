using Cosmos.System.Screens;
using Cosmos.System.Terminals;

namespace MemOS.Consoles;

/// <summary>A screen as a surface, drawn at once or when there is time.</summary>
/// <param name="screen">The screen.</param>
internal sealed class ScreenSurface(TextScreen screen) : ITextSurface
{
    private bool _isPending;

    /// <inheritdoc/>
    public int Columns => screen.Columns;

    /// <inheritdoc/>
    public int Rows => screen.Rows;

    /// <summary>When changes are drawn.</summary>
    internal ScreenDrawing Drawing { get; set; }

    /// <inheritdoc/>
    public void Put(int column, int row, Cell cell) => screen.Put(column, row, cell);

    /// <inheritdoc/>
    public void Fill(int row, int start, int end, Cell cell) =>
        screen.Fill(row, start, end, cell);

    /// <inheritdoc/>
    public void Scroll(Cell fill) => screen.Scroll(fill);

    /// <inheritdoc/>
    public void MoveCursor(int column, int row) => screen.MoveCursor(column, row);

    /// <inheritdoc/>
    public void ShowCursor(CursorState state) =>
        screen.CursorVisible = state == CursorState.Shown;

    /// <inheritdoc/>
    public void Flush()
    {
        _isPending = true;
        if (Drawing == ScreenDrawing.AtOnce)
            Refresh();
    }

    /// <summary>Draws what has changed since it was last drawn.</summary>
    internal void Refresh() => RefreshPart(int.MaxValue);

    /// <summary>Draws a part of what has changed, so many cells at most.</summary>
    /// <returns>Whether all is drawn.</returns>
    internal bool RefreshPart(int cells)
    {
        if (_isPending)
            _isPending = !screen.FlushPart(cells);
        return !_isPending;
    }
}
