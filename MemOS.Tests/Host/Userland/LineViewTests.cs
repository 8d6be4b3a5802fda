using System;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Userland;

public sealed class LineViewTests
{
    [Fact]
    public void A_short_line_is_shown_whole_with_the_cursor_behind_it() =>
        Assert.Equal("help", new LineView(80).Draw("help", 4));

    [Fact]
    public void The_cursor_is_moved_back_into_the_line() =>
        Assert.Equal("help\u001B[3D", new LineView(80).Draw("help", 1));

    [Fact]
    public void A_character_typed_at_the_end_is_all_that_is_sent()
    {
        LineView view = new(80);
        view.Draw("hel", 3);
        Assert.Equal("p", view.Draw("help", 4));
    }

    [Fact]
    public void A_line_is_drawn_from_where_it_has_changed()
    {
        LineView view = new(80);
        view.Draw("help", 3);
        Assert.Equal("\u001B[1Cs", view.Draw("helps", 5));
        Assert.Equal("\u001B[3Dxi\u001B[K\u001B[3D", view.Draw("hexi", 1));
    }

    [Fact]
    public void After_a_restart_the_whole_line_is_drawn()
    {
        LineView view = new(80);
        view.Draw("helps", 5);
        view.Restart();
        Assert.Equal("helps", view.Draw("helps", 5));
    }

    [Fact]
    public void A_long_line_shows_the_part_with_the_cursor()
    {
        LineView view = new(11);
        Assert.Equal("789abcdef", view.Draw("0123456789abcdef", 16));
        Assert.Equal(
            "\u001B[9D0123456789\u001B[10D", view.Draw("0123456789abcdef", 0));
    }

    [Fact]
    public void The_row_shows_the_line_and_the_cursor_whatever_was_there_before() =>
        Gen.Select(Gen.Int[2, 30], Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 40],
            Gen.Int[0, 40]).Array[1, 20]).Sample((columns, lines) =>
            {
                LineView view = new(columns);
                TerminalRow row = new(columns);
                foreach ((string text, int place) in lines)
                {
                    int cursor = int.Min(place, text.Length);
                    row.Write(view.Draw(text, cursor));
                    // The part that is shown begins so far before the cursor as the row says.
                    int first = cursor - row.Cursor;
                    string part = text.Substring(first, int.Min(text.Length - first, columns - 1));
                    Assert.Equal(part, row.Text);
                    Assert.True(row.Cursor < columns);
                }
            });
}
