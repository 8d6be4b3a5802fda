using System;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Tests.Host.Userland;

public sealed class TextTests
{
    [Fact]
    public void A_table_makes_columns_as_wide_as_their_widest_cell()
    {
        Table table = new Table("name", "pid").AlignRight(1);
        table.Add("shell", "101");
        table.Add("init", "7");
        Assert.Equal("name   pid\n-----  ---\nshell  101\ninit     7\n", Plain(table));
    }

    [Fact]
    public void Colours_take_no_room_in_a_table()
    {
        Table table = new("a", "b");
        table.Add(Ansi.Paint("x", ConsoleColor.Green), "y");
        Assert.EndsWith("\u001B[92mx\u001B[0m  y\n", table.ToString());
    }

    [Fact]
    public void A_row_has_as_many_cells_as_the_table_columns() =>
        Assert.Throws<ArgumentException>(() => new Table("a", "b").Add("x"));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(4096, "4 KB")]
    [InlineData(1536 * 1024, "1.5 MB")]
    [InlineData(6UL << 30, "6 GB")]
    [InlineData(5000UL << 40, "5000 TB")]
    public void A_size_is_shown_in_its_largest_unit(ulong bytes, string text) =>
        Assert.Equal(text, Sizes.Of(bytes));

    [Theory]
    [InlineData(7, "7")]
    [InlineData(16646, "16,646")]
    [InlineData(1500000000, "1,500,000,000")]
    public void Thousands_are_apart(ulong value, string text) =>
        Assert.Equal(text, Sizes.Grouped(value));

    [Theory]
    [InlineData(326, 120, "2.7x")]
    [InlineData(120, 120, "1.0x")]
    [InlineData(50, 120, "0.4x")]
    [InlineData(0, 120, "-")]
    [InlineData(326, 0, "-")]
    [InlineData(ulong.MaxValue, 10, "1844674407370955161.5x")]
    public void A_ratio_has_one_decimal(ulong other, ulong figure, string text) =>
        Assert.Equal(text, Ratios.Of(other, figure));

    [Fact]
    public void Words_stand_in_columns_as_many_as_fit()
    {
        string[] words = ["a", "four", "b", "c"];
        Assert.Equal("a     four\nb     c\n", WordColumns.Of(words, 15));
        Assert.Equal("a     four  b     c\n", WordColumns.Of(words, 23));
        Assert.Equal("a\nfour\nb\nc\n", WordColumns.Of(words, 3));
        Assert.Equal("", WordColumns.Of([], 80));
    }

    [Fact]
    public void No_row_of_words_is_wider_than_the_terminal_unless_a_word_is() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 12].Array[0, 40], Gen.Int[12, 100]).Sample(
            (words, width) => Array.TrueForAll(
                WordColumns.Of(words, width).Split('\n'), row => row.Length <= width));

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  run   hello\tworld ", new[] { "run", "hello", "world" })]
    [InlineData("echo \"two words\" x", new[] { "echo", "two words", "x" })]
    [InlineData("echo \"\"", new[] { "echo", "" })]
    [InlineData("echo \"open", new[] { "echo", "open" })]
    [InlineData("a\"b c\"d", new[] { "ab cd" })]
    public void A_command_is_split_into_words(string line, string[] words) =>
        Assert.Equal(words, CommandLineText.Split(line));

    // Without the colour of the rule.
    private static string Plain(Table table) =>
        table.ToString().Replace("\u001B[90m", "").Replace(Ansi.Reset, "");
}
