namespace MemOS.Pager;

/// <summary>A square of the picture; its pixels fill a page.</summary>
/// <param name="Column">Counted from the left edge of the picture.</param>
/// <param name="Row">Counted from the top.</param>
internal readonly record struct Tile(int Column, int Row)
{
    /// <summary>Pixels of a side.</summary>
    internal const int Side = 32;

    /// <summary>Pixels in all.</summary>
    internal const int Pixels = Side * Side;
}
