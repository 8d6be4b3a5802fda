namespace MemOS.Pager;

/// <summary>The part of the picture that is shown: a rectangle of tiles.</summary>
internal static class View
{
    /// <summary>Tiles side by side.</summary>
    internal const int Columns = 8;

    /// <summary>Tiles one below the other.</summary>
    internal const int Rows = 6;

    /// <summary>Tiles in all.</summary>
    internal const int Tiles = Columns * Rows;

    // Where two bulbs meet, with spirals on both sides.
    private const int Left = 212;
    private const int Top = 232;

    /// <summary>A tile, from the left to the right and then downwards.</summary>
    internal static Tile Tile(int index) => new(Left + Column(index), Top + Row(index));

    /// <summary>How many tiles are to the left of it.</summary>
    internal static int Column(int index) => index % Columns;

    /// <summary>How many tiles are above it.</summary>
    internal static int Row(int index) => index / Columns;
}
