using System;
using MemOS.Userland;

namespace MemOS.Driver;

/// <summary>A ball in the light, on a ground that darkens.</summary>
internal static unsafe class Ball
{
    private const int Size = 84;
    private const int Radius = 36;
    private const int Margin = 4;

    /// <summary>Draws it at the upper right, and reads it back.</summary>
    /// <returns>How many pixels were not as they were drawn.</returns>
    internal static int Draw(Mapping screen, ScreenFormat format)
    {
        int left = Math.Max(format.Width - Size - Margin, 0);
        int width = Math.Min(Size, format.Width - left);
        int height = Math.Min(Size, format.Height - Margin);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Pixel(screen, format, left + x, Margin + y) = Colour(format, x, y);
        }
        int wrong = 0;
        for (int i = 0; i < Math.Min(width, height); i++)
        {
            uint seen = Pixel(screen, format, left + i, Margin + i);
            wrong += seen == Colour(format, i, i) ? 0 : 1;
        }
        return wrong;
    }

    // Safe: within the rows that the screen's memory holds.
    private static ref uint Pixel(Mapping screen, ScreenFormat format, int x, int y) =>
        ref *(uint*)(screen.Start.Value + ((ulong)y * (ulong)format.Pitch)
            + ((ulong)x * sizeof(uint)));

    private static uint Colour(ScreenFormat format, int x, int y)
    {
        int dx = x - (Size / 2);
        int dy = y - (Size / 2);
        int rest = (Radius * Radius) - (dx * dx) - (dy * dy);
        if (rest < 0)
            return format.Pixel(0, (byte)(y / 2), (byte)(24 + (y / 2)));
        int height = (int)Math.Sqrt(rest);
        // How much the surface looks to the light, which comes from the upper left.
        int light = Math.Clamp(((height * 3) - (dx * 2) - (dy * 2)) * 60 / Radius, 20, 255);
        int glint = Math.Max(light - 200, 0) * 4;
        return format.Pixel(
            (byte)light, (byte)Math.Min((light / 3) + glint, 255),
            (byte)Math.Min((light / 4) + glint, 255));
    }
}
