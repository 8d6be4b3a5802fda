using System;
using System.Linq;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Pager;

/// <summary>
/// A part of the screen, at the right, to draw on; it gets back what was there before.
/// </summary>
internal sealed unsafe class Canvas : IDisposable
{
    private const int Width = View.Columns * Tile.Side;
    private const int Height = View.Rows * Tile.Side;
    private const int Margin = 16;
    private const uint RestMilliseconds = 300;

    private readonly Segment _segment;
    private readonly Mapping _screen;
    private readonly ScreenFormat _format;
    private readonly int _left;
    private readonly uint[] _before = new uint[Width * Height];

    private Canvas(Segment segment, ScreenFormat format)
    {
        _segment = segment;
        _screen = segment.Map();
        _format = format;
        _left = format.Width - Width - Margin;
        for (int i = 0; i < _before.Length; i++)
            _before[i] = Pixel(i % Width, i / Width);
    }

    /// <summary>
    /// Takes the screen; null where there is none, or it is too small or of another kind, or this
    /// process may not drive it.
    /// </summary>
    internal static Canvas? TryOpen()
    {
        Device? screen = Device.List().FirstOrDefault(one => one.Screen is not null);
        if (screen is not { IsDrivable: true, Screen: { BitsPerPixel: 32 } format }
            || format.Width < Width + Margin || format.Height < Height + Margin)
            return null;
        // The console draws what was written when there is time; what it draws over what is kept
        // here would be undone in the end.
        Clock.Sleep(RestMilliseconds);
        ErrorCode error = Segment.TryOfDevice(
            screen.Id, 0, (nuint)screen.MemoryBytes, out Segment? segment);
        return error == ErrorCode.None ? new Canvas(segment!, format) : null;
    }

    /// <summary>Draws a tile.</summary>
    internal void Draw(ReadOnlySpan<uint> pixels, int left, int top)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            uint colour = pixels[i];
            Pixel(left + (i % Tile.Side), top + (i / Tile.Side)) = _format.Pixel(
                (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
        }
    }

    /// <summary>Leaves time to look at it.</summary>
    internal void Rest() => Clock.Sleep(RestMilliseconds);

    /// <summary>Puts back what was there.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _before.Length; i++)
            Pixel(i % Width, i / Width) = _before[i];
        _screen.Dispose();
        _segment.Dispose();
    }

    // Safe: within the rows that the screen's memory holds.
    private ref uint Pixel(int x, int y) =>
        ref *(uint*)(_screen.Start.Value + ((ulong)(Margin + y) * (ulong)_format.Pitch)
            + ((ulong)(_left + x) * sizeof(uint)));
}
