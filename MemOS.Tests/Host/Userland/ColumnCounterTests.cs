using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Userland;

public sealed class ColumnCounterTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("name: ", 6)]
    [InlineData("line\nab", 2)]
    [InlineData("abc\b\b", 1)]
    [InlineData("a\tb", 9)]
    [InlineData("\u001B[92mok\u001B[0m", 2)]
    [InlineData("text\u001B[2J\u001B[H> ", 2)]
    public void The_column_is_counted_as_a_terminal_does(string text, int column)
    {
        ColumnCounter counter = new();
        foreach (char character in text)
            counter.Follow([character]);
        Assert.Equal(column, counter.Column);
    }
}
