using System;
using System.Text;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Userland;

public sealed class LineEditorTests
{
    private const string Up = "\u001B[A";
    private const string Down = "\u001B[B";
    private const string Right = "\u001B[C";
    private const string Left = "\u001B[D";
    private const string Home = "\u001B[H";
    private const string End = "\u001B[F";
    private const string Delete = "\u001B[3~";

    private readonly LineHistory _history = new();

    [Theory]
    [InlineData("help", "help", 4)]
    [InlineData("hlp" + Left + Left + "e", "help", 2)]
    [InlineData("elp" + Home + "h", "help", 1)]
    [InlineData("help" + Home + End + "!", "help!", 5)]
    [InlineData("helpp\b", "help", 4)]
    [InlineData("hhelp" + Home + Delete, "help", 0)]
    [InlineData("run hello\u0017", "run ", 4)]
    [InlineData("run hello\u0015", "", 0)]
    [InlineData("run hello" + Home + Right + "\u000B", "r", 1)]
    [InlineData("\b" + Left + Right + Delete, "", 0)]
    public void Keys_edit_the_line(string keys, string text, int cursor)
    {
        LineEditor editor = Editor();
        Press(editor, keys);
        Assert.Equal(text, editor.Text.ToString());
        Assert.Equal(cursor, editor.Cursor);
    }

    [Fact]
    public void History_steps_back_and_forth_and_keeps_what_was_being_typed()
    {
        LineEditor editor = Editor();
        Enter(editor, "first");
        Enter(editor, "second");
        Press(editor, "thi" + Up + Up + Up);
        Assert.Equal("first", editor.Text.ToString());
        Press(editor, Down);
        Assert.Equal("second", editor.Text.ToString());
        Press(editor, Down + Down);
        Assert.Equal("thi", editor.Text.ToString());
    }

    [Fact]
    public void History_forgets_blanks_repetitions_and_the_oldest()
    {
        LineEditor editor = Editor();
        Enter(editor, "same");
        Enter(editor, "same");
        Enter(editor, "   ");
        Assert.Equal(1, _history.Count);
        for (int i = 0; i < 2 * LineHistory.Capacity; i++)
            Enter(editor, $"line {i}");
        Assert.Equal(LineHistory.Capacity, _history.Count);
    }

    [Fact]
    public void Tab_completes_as_far_as_there_is_one_answer()
    {
        LineEditor editor = Editor("hello", "help", "hog");
        Press(editor, "he\t");
        Assert.Equal("hel", editor.Text.ToString());
        Assert.Equal(LineOutcome.Candidates, Press(editor, "\t"));
        Assert.Equal(["hello", "help"], editor.Candidates);
        Press(editor, "l\t");
        Assert.Equal("hello ", editor.Text.ToString());
    }

    [Fact]
    public void Tab_types_a_tab_where_nothing_completes()
    {
        LineEditor editor = new(_history, null);
        Assert.Equal(LineOutcome.Changed, Press(editor, "a\t"));
        Press(editor, "b");
        Assert.Equal("a\tb", editor.Text.ToString());
        Assert.Equal(LineOutcome.Ignored, Press(editor, "\u001B[Z"));
    }

    [Theory]
    [InlineData("a\tb", 3, 0, "a       b", 9)]
    [InlineData("a\tb", 1, 0, "a       b", 1)]
    [InlineData("a\tb", 2, 0, "a       b", 8)]
    [InlineData("\t\t", 2, 7, "         ", 9)]
    [InlineData("no tab", 4, 3, "no tab", 4)]
    public void A_tab_is_shown_as_blanks_up_to_the_next_stop(
        string text, int cursor, int start, string shown, int shownCursor)
    {
        TabStops.Expand(text, cursor, start, out ReadOnlySpan<char> cells, out int cell);
        Assert.Equal(shown, cells.ToString());
        Assert.Equal(shownCursor, cell);
    }

    [Fact]
    public void Tab_without_an_answer_changes_nothing() =>
        Assert.Equal(LineOutcome.Ignored, Press(Editor("hello"), "x\t"));

    [Theory]
    [InlineData("abc\u0003", LineOutcome.Cancelled)]
    [InlineData("abc\u000C", LineOutcome.ClearScreen)]
    [InlineData("\u0004", LineOutcome.EndOfInput)]
    [InlineData("abc\u0004", LineOutcome.Ignored)]
    [InlineData("abc\r", LineOutcome.Accepted)]
    public void Some_keys_are_not_for_the_line(string keys, LineOutcome outcome) =>
        Assert.Equal(outcome, Press(Editor(), keys));

    [Fact]
    public void A_line_does_not_grow_beyond_its_capacity()
    {
        LineEditor editor = Editor();
        Press(editor, new string('x', 3 * LineBuffer.Capacity));
        Assert.Equal(LineBuffer.Capacity, editor.Text.Length);
    }

    [Fact]
    public void Any_bytes_leave_a_line_that_can_be_shown() =>
        Gen.Byte.Array[0, 500].Sample(bytes =>
        {
            LineEditor editor = Editor("hello", "help");
            LineView view = new(20);
            KeyDecoder decoder = new();
            foreach (byte value in bytes)
            {
                if (decoder.Feed(value, out ConsoleKeyInfo key))
                    editor.Apply(key);
                string row = view.Draw(editor.Text, editor.Cursor);
                Assert.InRange(Ansi.VisibleLength(row), 0, 19);
                Assert.InRange(editor.Cursor, 0, editor.Text.Length);
            }
        }, threads: 1); // All have one history.

    private static LineOutcome Press(LineEditor editor, string keys)
    {
        KeyDecoder decoder = new();
        LineOutcome outcome = LineOutcome.Ignored;
        foreach (byte value in Encoding.UTF8.GetBytes(keys))
        {
            if (decoder.Feed(value, out ConsoleKeyInfo key))
                outcome = editor.Apply(key);
        }
        return outcome;
    }

    private LineEditor Editor(params string[] words) => new(_history, _ => words);

    private static void Enter(LineEditor editor, string line)
    {
        Press(editor, line + "\r");
        editor.Reset();
    }
}
