namespace Cosmos.System.Screens;

/// <summary>A screen in VGA text mode: 16 bits a cell, character and colours.</summary>
public sealed unsafe class VgaTextScreen : TextScreen
{
    private ushort* _memory;

    /// <summary>Takes a text mode screen over.</summary>
    /// <param name="memory">Where its memory is mapped, <c>columns * rows * 2</c> bytes.</param>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="rows">Rows.</param>
    public VgaTextScreen(ushort* memory, int columns, int rows)
        : base(columns, rows)
    {
        _memory = memory;
        Flush();
    }

    /// <inheritdoc/>
    public override void Remap(nint memory) => _memory = (ushort*)memory;

    /// <inheritdoc/>
    protected override void Draw(int column, int row, Cell cell)
    {
        byte symbol = cell.Symbol < 0x7F ? (byte)cell.Symbol : (byte)'?';
        // ConsoleColor numbers its colours as the VGA does; bit 3 of a background would blink.
        int colors = (int)cell.Foreground | ((int)cell.Background & 7) << 4;
        // Safe: the base class stays within columns and rows.
        _memory[row * Columns + column] = (ushort)(symbol | colors << 8);
    }
}
