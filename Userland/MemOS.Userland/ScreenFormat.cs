namespace MemOS.Userland;

/// <summary>What a screen's memory holds.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pitch">Bytes from one row to the next.</param>
/// <param name="BitsPerPixel">Bits of a pixel.</param>
/// <param name="RedPosition">The lowest bit of red in a pixel.</param>
/// <param name="GreenPosition">The lowest bit of green.</param>
/// <param name="BluePosition">The lowest bit of blue.</param>
public sealed record ScreenFormat(
    int Width,
    int Height,
    int Pitch,
    int BitsPerPixel,
    int RedPosition,
    int GreenPosition,
    int BluePosition)
{
    /// <summary>A pixel of 32 bits.</summary>
    public uint Pixel(byte red, byte green, byte blue) =>
        ((uint)red << RedPosition) | ((uint)green << GreenPosition) | ((uint)blue << BluePosition);
}
