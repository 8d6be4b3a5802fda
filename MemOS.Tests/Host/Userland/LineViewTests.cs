using System;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Userland;

public sealed class LineViewTests
{
    [Fact]
    public void A_short_line_is_shown_whole_with_the_cursor_behind_it() =>
        Assert.Equal("help\u001B[K", new LineView(80).Draw("help", 4));

    [Fact]
    public void The_cursor_is_moved_back_into_the_line() =>
        Assert.Equal("help\u001B[K\u001B[3D", new LineView(80).Draw("help", 1));

    [Fact]
    public void A_line_is_drawn_over_the_one_before()
    {
        LineView view = new(80);
        view.Draw("help", 3);
        Assert.Equal("\u001B[3Dhelps\u001B[K", view.Draw("helps", 5));
        view.Restart();
        Assert.Equal("helps\u001B[K", view.Draw("helps", 5));
    }

    [Fact]
    public void A_long_line_shows_the_part_with_the_cursor()
    {
        LineView view = new(11);
        Assert.Equal("789abcdef\u001B[K", view.Draw("0123456789abcdef", 16));
        Assert.Equal("\u001B[9D0123456789\u001B[K\u001B[10D", view.Draw("0123456789abcdef", 0));
    }

    [Fact]
    public void No_row_is_wider_than_the_terminal() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[0, 300], Gen.Int[0, 300]).Sample(
            (columns, length, cursor) =>
            {
                string text = new('x', length);
                string row = new LineView(columns).Draw(text, int.Min(cursor, length));
                return Ansi.VisibleLength(row) <= int.Max(columns - 1, 1);
            });
}
