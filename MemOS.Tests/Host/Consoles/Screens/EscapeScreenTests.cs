using System;
using System.Linq;
using System.Text;
using Cosmos.System.Screens;
using Cosmos.System.Terminals;
using MemOS.Consoles;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Consoles.Screens;

public sealed class EscapeScreenTests
{
    private const string Rows = "abcdefgh\nijklmnop\nqrstuvwx";

    private readonly FakeSurface _surface = new(columns: 8, rows: 3);
    private readonly EscapeScreen _screen;

    public EscapeScreenTests() => _screen = new EscapeScreen(_surface);

    [Theory]
    [InlineData("ab\ncd", "ab\ncd", 2, 1)]
    [InlineData("ab\r\ncd", "ab\ncd", 2, 1)]
    [InlineData("abc\rx", "xbc", 1, 0)]
    [InlineData("abc\b\bx", "axc", 2, 0)]
    [InlineData("\b\bx", "x", 1, 0)]
    [InlineData("a\tb", "a       b", 9, 0)]
    [InlineData("a\u007F\u0000\u0007b", "ab", 2, 0)]
    [InlineData("a\u0085\u009Bb", "ab", 2, 0)]
    public void Control_characters_move_the_cursor(
        string text, string shown, int column, int row)
    {
        FakeSurface wide = new(columns: 16, rows: 3);
        new EscapeScreen(wide).Write(Encoding.UTF8.GetBytes(text));
        Assert.Equal(shown, wide.Text);
        Assert.Equal((column, row), wide.Cursor);
    }

    [Fact]
    public void A_tab_stops_at_the_last_column()
    {
        Write("a\tb");
        Assert.Equal("a      b", _surface.Text);
    }

    [Fact]
    public void The_cursor_stays_behind_the_last_column_until_more_comes()
    {
        Write("12345678");
        Assert.Equal((7, 0), _surface.Cursor);
        Write("9");
        Assert.Equal("12345678\n9", _surface.Text);
        Assert.Equal((1, 1), _surface.Cursor);
    }

    [Fact]
    public void A_line_that_fills_its_row_is_followed_by_no_empty_row()
    {
        Write("12345678\nx");
        Assert.Equal("12345678\nx", _surface.Text);
    }

    [Theory]
    [InlineData("\b", "123456x8")]
    [InlineData("\r", "x2345678")]
    [InlineData("\u001B[D", "123456x8")]
    [InlineData("\u001B[C", "1234567x")]
    public void A_move_from_a_full_row_stays_in_it(string move, string shown)
    {
        Write("12345678" + move + "x");
        Assert.Equal(shown, _surface.Text);
    }

    [Fact]
    public void A_line_feed_in_the_last_row_scrolls()
    {
        Write("1\n2\n3\n4\n5");
        Assert.Equal("3\n4\n5", _surface.Text);
        Assert.Equal((1, 2), _surface.Cursor);
    }

    [Theory]
    [InlineData("\u001B[A", 3, 0)]
    [InlineData("\u001B[9A", 3, 0)]
    [InlineData("\u001B[B", 3, 2)]
    [InlineData("\u001B[9B", 3, 2)]
    [InlineData("\u001B[C", 4, 1)]
    [InlineData("\u001B[2C", 5, 1)]
    [InlineData("\u001B[99C", 7, 1)]
    [InlineData("\u001B[D", 2, 1)]
    [InlineData("\u001B[0D", 2, 1)]
    [InlineData("\u001B[99D", 0, 1)]
    [InlineData("\u001B[E", 0, 2)]
    [InlineData("\u001B[F", 0, 0)]
    [InlineData("\u001B[6G", 5, 1)]
    [InlineData("\u001B[3d", 3, 2)]
    [InlineData("\u001B[H", 0, 0)]
    [InlineData("\u001B[2;5H", 4, 1)]
    [InlineData("\u001B[;5H", 4, 0)]
    [InlineData("\u001B[2;5f", 4, 1)]
    [InlineData("\u001B[2;5;7H", 4, 1)]
    [InlineData("\u001B[99999999999;99999999999H", 7, 2)]
    public void Cursor_sequences_move_it_within_the_screen(string sequence, int column, int row)
    {
        Write("\n123" + sequence);
        Assert.Equal((column, row), _surface.Cursor);
    }

    [Theory]
    [InlineData("\u001B[K", "abcdefgh\nijk\nqrstuvwx")]
    [InlineData("\u001B[0K", "abcdefgh\nijk\nqrstuvwx")]
    [InlineData("\u001B[1K", "abcdefgh\n    mnop\nqrstuvwx")]
    [InlineData("\u001B[2K", "abcdefgh\n\nqrstuvwx")]
    [InlineData("\u001B[3K", Rows)]
    [InlineData("\u001B[J", "abcdefgh\nijk")]
    [InlineData("\u001B[1J", "\n    mnop\nqrstuvwx")]
    [InlineData("\u001B[2J", "")]
    [InlineData("\u001B[3J", Rows)]
    public void Erasing_empties_a_part_and_leaves_the_cursor(string sequence, string shown)
    {
        Write(Rows + "\u001B[2;4H" + sequence);
        Assert.Equal(shown, _surface.Text);
        Assert.Equal((3, 1), _surface.Cursor);
    }

    [Fact]
    public void Erased_cells_have_the_colour_of_the_background()
    {
        Write("\u001B[44m\u001B[K");
        Assert.Equal(ConsoleColor.DarkBlue, _surface.At(7, 0).Background);
        Write("\u001B[42m\n\n\n");
        Assert.Equal(ConsoleColor.DarkGreen, _surface.At(7, 2).Background);
        Assert.Equal(ConsoleColor.Black, _surface.At(7, 1).Background);
    }

    [Theory]
    [InlineData("", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("31", ConsoleColor.DarkRed, ConsoleColor.Black)]
    [InlineData("34", ConsoleColor.DarkBlue, ConsoleColor.Black)]
    [InlineData("93", ConsoleColor.Yellow, ConsoleColor.Black)]
    [InlineData("97;104", ConsoleColor.White, ConsoleColor.Blue)]
    [InlineData("1;32", ConsoleColor.Green, ConsoleColor.Black)]
    [InlineData("1;32;22", ConsoleColor.DarkGreen, ConsoleColor.Black)]
    [InlineData("36;43", ConsoleColor.DarkCyan, ConsoleColor.DarkYellow)]
    [InlineData("36;43;7", ConsoleColor.DarkYellow, ConsoleColor.DarkCyan)]
    [InlineData("36;43;7;27", ConsoleColor.DarkCyan, ConsoleColor.DarkYellow)]
    [InlineData("36;43;39;49", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("36;43;0", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("36;43;", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("38;5;9;41", ConsoleColor.Red, ConsoleColor.DarkRed)]
    [InlineData("48;5;4", ConsoleColor.Gray, ConsoleColor.DarkBlue)]
    [InlineData("38;5;200", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("38;2;31;32;33;41", ConsoleColor.Gray, ConsoleColor.DarkRed)]
    [InlineData("38", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("38;5", ConsoleColor.Gray, ConsoleColor.Black)]
    [InlineData("58", ConsoleColor.Gray, ConsoleColor.Black)]
    public void Renditions_choose_the_colours(
        string parameters, ConsoleColor foreground, ConsoleColor background)
    {
        Write($"\u001B[{parameters}mx");
        Assert.Equal(new Cell('x', foreground, background), _surface.At(0, 0));
    }

    [Fact]
    public void Parameters_beyond_the_sixteenth_are_left_out()
    {
        Write($"\u001B[{string.Concat(Enumerable.Repeat("32;", 16))}31;31mx");
        Assert.Equal(ConsoleColor.DarkGreen, _surface.At(0, 0).Foreground);
    }

    [Theory]
    [InlineData("\u001B7", "\u001B8")]
    [InlineData("\u001B[s", "\u001B[u")]
    public void A_saved_cursor_comes_back_with_its_colours(string save, string restore)
    {
        Write("\u001B[2;3H\u001B[35m" + save + "\u001B[H\u001B[0mabc" + restore + "x");
        Assert.Equal(
            new Cell('x', ConsoleColor.DarkMagenta, ConsoleColor.Black), _surface.At(2, 1));
    }

    [Fact]
    public void To_restore_what_was_never_saved_goes_home()
    {
        Write("ab\u001B8x");
        Assert.Equal("xb", _surface.Text);
    }

    [Fact]
    public void The_cursor_can_be_hidden()
    {
        Write(Ansi.HideCursor);
        Assert.Equal(CursorState.Hidden, _surface.State);
        Write(Ansi.ShowCursor);
        Assert.Equal(CursorState.Shown, _surface.State);
    }

    [Fact]
    public void A_reset_brings_the_first_picture_back()
    {
        string first = _surface.Picture;
        Write(Rows + "\u001B[2;2H\u001B[31m\u001B7\u001B[?25lx\u001Bc");
        Assert.Equal(first, _surface.Picture);
    }

    [Fact]
    public void The_colours_of_the_users_library_arrive()
    {
        foreach (ConsoleColor color in Enum.GetValues<ConsoleColor>())
        {
            ConsoleColor other = ConsoleColor.White - (int)color;
            Write($"\r{Ansi.Foreground(color)}{Ansi.Background(other)}x");
            Assert.Equal(new Cell('x', color, other), _surface.At(0, 0));
        }
    }

    [Theory]
    [InlineData("\u001B]0;title\u0007x", "x")]
    [InlineData("\u001B]0;title\u001B\\x", "x")]
    [InlineData("\u001BP1$r\u001B\\x", "x")]
    [InlineData("\u001B(Bx", "x")]
    [InlineData("\u001B[>4;2mx", "x")]
    [InlineData("\u001B[38:5:1mx", "x")]
    [InlineData("\u001B[1 qx", "x")]
    [InlineData("\u001B[?2004hx", "x")]
    [InlineData("\u001B[5nx", "x")]
    [InlineData("\u001B=x", "x")]
    [InlineData("\u001B[12\u0018x", "x")]
    [InlineData("\u001B[12\u001B[2Cx", "  x")]
    [InlineData("\u001B[1\n2Cx", "\n            x")]
    [InlineData("\u001B[\u00E9x", "éx")]
    public void What_is_not_known_leaves_no_trace(string text, string shown)
    {
        FakeSurface wide = new(columns: 16, rows: 3);
        new EscapeScreen(wide).Write(Encoding.UTF8.GetBytes(text));
        Assert.Equal(shown, wide.Text);
        Assert.Equal(CursorState.Shown, wide.State);
    }

    [Fact]
    public void An_unended_string_swallows_no_more_than_its_line()
    {
        Write("\u001B]abc\nx");
        Assert.Equal("\nx", _surface.Text);
    }

    [Theory]
    [InlineData("aé€ж", "aé€ж")]
    [InlineData("\U0001F600x", "\uFFFDx")]
    public void Characters_take_a_cell_each(string text, string shown)
    {
        Write(text);
        Assert.Equal(shown, _surface.Text);
    }

    [Fact]
    public void A_broken_character_does_not_hide_the_next_sequence()
    {
        _screen.Write([0xE2, 0x82, 0x1B, (byte)'[', (byte)'2', (byte)'C', (byte)'x']);
        Assert.Equal("\uFFFD  x", _surface.Text);
    }

    [Fact]
    public void Every_write_shows_its_picture_once()
    {
        Write("a\nb\nc\nd\ne");
        Assert.Equal(1, _surface.Flushes);
    }

    private void Write(string text) => _screen.Write(Encoding.UTF8.GetBytes(text));
}
