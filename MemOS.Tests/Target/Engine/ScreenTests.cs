using System;
using System.IO;
using Cosmos.TestRunner.Engine.Screens;
using Xunit;

namespace MemOS.Tests.Target.Engine;

public sealed class ScreenTests
{
    private static readonly byte[] TwoByOne =
        [.. "P6\n2 1\n255\n"u8, 255, 0, 0, 0, 128, 255];

    [Fact]
    public void Pixels_are_read_from_a_pixmap()
    {
        Screen screen = Screen.FromPpm(TwoByOne);
        Assert.Equal((2, 1), (screen.Width, screen.Height));
        Assert.Equal(new Pixel(255, 0, 0), screen[0, 0]);
        Assert.Equal(new Pixel(0, 128, 255), screen[1, 0]);
        Assert.Equal(2, screen.CountColours());
    }

    [Fact]
    public void A_pixel_outside_the_screen_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Screen.FromPpm(TwoByOne)[2, 0]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void A_pixmap_cut_short_is_an_error(int length) =>
        Assert.Throws<InvalidDataException>(() => Screen.FromPpm(TwoByOne.AsSpan(0, length)));
}
