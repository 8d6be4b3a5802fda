using System;
using System.Runtime.Intrinsics;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.System.Screens;

/// <summary>A screen of 24 or 32-bit pixels on which text is drawn with a bitmap font.</summary>
public sealed unsafe class FramebufferScreen : TextScreen
{
    private const int Colors = 16;
    private const int TallestCell = 64;

    private readonly uint _pitch;
    private readonly int _pixelBytes;
    private readonly Pf2Font _font;
    private readonly uint[] _palette = new uint[Colors];
    private byte* _memory;

    /// <summary>Takes a screen over and clears it.</summary>
    /// <param name="memory">Where the framebuffer is mapped, pitch times height bytes.</param>
    /// <param name="info">Its form; <see cref="CanDrive"/> says whether it will do.</param>
    /// <param name="font">The font.</param>
    public FramebufferScreen(byte* memory, in FramebufferInfo info, Pf2Font font)
        : base((int)info.Width / font.Width, (int)info.Height / font.Height)
    {
        _memory = memory;
        _pitch = info.Pitch;
        _pixelBytes = info.BitsPerPixel / 8;
        _font = font;
        for (int i = 0; i < Colors; i++)
            _palette[i] = Pixel(info, (ConsoleColor)i);
        // Margins that no cell covers would keep the boot loader's picture.
        for (uint row = 0; row < info.Height; row++)
            new Span<byte>(memory + row * _pitch, (int)info.Width * _pixelBytes).Clear();
        Flush();
    }

    /// <summary>Whether a screen is of a form that this class knows.</summary>
    public static bool CanDrive(in FramebufferInfo info) =>
        info.Kind == FramebufferKind.DirectColour && info.BitsPerPixel is 24 or 32;

    /// <inheritdoc/>
    public override void Remap(nint memory) => _memory = (byte*)memory;

    /// <inheritdoc/>
    protected override void Draw(int column, int row, Cell cell)
    {
        Span<ushort> scratch = stackalloc ushort[TallestCell];
        ReadOnlySpan<ushort> rows = _font.Rows(cell.Symbol, scratch);
        uint foreground = _palette[(int)cell.Foreground];
        uint background = _palette[(int)cell.Background];
        // Safe: the base class stays within columns and rows, whose cells lie on the screen.
        byte* line = _memory + (nuint)(row * _font.Height) * _pitch
            + column * _font.Width * _pixelBytes;
        foreach (ushort bits in rows)
        {
            if (_pixelBytes == 4)
                DrawRow32((uint*)line, bits, foreground, background);
            else
                DrawRow24(line, bits, foreground, background);
            line += _pitch;
        }
    }

    // Four pixels at a time: a lane is all ones where its bit is set.
    private static void DrawRow32(uint* pixel, uint bits, uint foreground, uint background)
    {
        Vector128<uint> left = Vector128.Create(0x80u, 0x40u, 0x20u, 0x10u);
        Vector128<uint> right = Vector128.Create(0x08u, 0x04u, 0x02u, 0x01u);
        Vector128<uint> row = Vector128.Create(bits);
        Vector128<uint> ink = Vector128.Create(foreground);
        Vector128<uint> paper = Vector128.Create(background);
        Vector128.ConditionalSelect(Vector128.Equals(row & left, left), ink, paper).Store(pixel);
        Vector128.ConditionalSelect(Vector128.Equals(row & right, right), ink, paper)
            .Store(pixel + 4);
    }

    private static void DrawRow24(byte* pixel, uint bits, uint foreground, uint background)
    {
        for (uint mask = 0x80; mask != 0; mask >>= 1)
        {
            uint color = (bits & mask) != 0 ? foreground : background;
            *pixel++ = (byte)color;
            *pixel++ = (byte)(color >> 8);
            *pixel++ = (byte)(color >> 16);
        }
    }

    private static uint Pixel(in FramebufferInfo info, ConsoleColor color)
    {
        (byte red, byte green, byte blue) = Palette.Rgb(color);
        return Scale(info.Red, red) | Scale(info.Green, green) | Scale(info.Blue, blue);
    }

    private static uint Scale(ColourField field, byte value) =>
        (uint)value >> (8 - Math.Min((int)field.Size, 8)) << field.Position;
}
