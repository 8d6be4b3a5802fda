using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Screens;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The shell, typed to by serial line and keyboard, beside a busy program, for long.
/// </summary>
public sealed class ShellTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
    private const int Commands = 10_000;
    private const int Batch = 200;

    // The shell's heap takes and gives pages; a byte lost per command would be more than this.
    private const long HeapSlack = 8 * 1024;

    private readonly MemOsMachine _memOs = shared.MemOs;

    [Fact]
    public void A_program_that_spins_for_ever_stops_nobody_and_can_be_killed()
    {
        string started = _memOs.Command("selftest spin &");
        string number = Match(started, @"\[([0-9]+)\] selftest");
        Assert.Contains("alive beside it", _memOs.Command("echo \"alive\" beside it"),
            StringComparison.Ordinal);
        long before = ProcessorTime(number);
        // Each command is a chance for the other one to run.
        while (ProcessorTime(number) < before + 100) _memOs.Command("hello");

        Assert.Contains("killed", _memOs.Command($"kill {number}"), StringComparison.Ordinal);
        Assert.DoesNotContain("selftest", _memOs.Command("ps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_the_keyboard_are_typed_and_the_screen_shows_text()
    {
        _memOs.Command("clear");
        // The prompt is all that there is.
        int before = AwaitLitRows("cleared", static lit => lit < 100);
        int start = _memOs.Console.Length;
        foreach (string key in new[] { "h", "e", "l", "p", "ret" }) _memOs.Monitor.PressKeys(key);
        const string Last = "switches the machine off";
        _memOs.Await(Last, start);
        _memOs.Await("memos> ", _memOs.Console.IndexOf(Last, start, StringComparison.Ordinal));

        AwaitLitRows("help", lit => lit > before + 100);
    }

    [Fact]
    public void Whoever_does_not_know_a_word_is_told_the_words_that_there_are()
    {
        Assert.Contains("shows where its parts lie", _memOs.Command("programs"),
            StringComparison.Ordinal);
        Assert.Contains("hello: a program that shows", _memOs.Command("help hello"),
            StringComparison.Ordinal);
        Assert.Contains("maps [PID]: shows the address space", _memOs.Command("help maps"),
            StringComparison.Ordinal);
        Assert.Contains("\"junk\"", _memOs.Command("help junk"), StringComparison.Ordinal);
        string answer = _memOs.Command("bench junk");
        Assert.Contains("usage: bench", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("bench: done", answer, StringComparison.Ordinal);
    }

    /// <remarks>10,000 commands take about 20 s of an idle machine's TCG.</remarks>
    [Fact]
    public void After_ten_thousand_commands_the_shell_is_no_bigger()
    {
        for (int i = 0; i < 3; i++) RunBatch();
        long heap = HeapBytes();
        long resident = ResidentKilobytes();
        for (int done = 0; done < Commands; done += Batch) RunBatch();

        Assert.InRange(HeapBytes(), 0, heap + HeapSlack);
        Assert.InRange(ResidentKilobytes(), 0, resident + 64);
    }

    private void RunBatch()
    {
        string batch = string.Join('\r', Enumerable.Repeat("echo x", Batch));
        Assert.Equal(Batch, Regex.Count(_memOs.Command(batch), @"^x\r?$", RegexOptions.Multiline));
    }

    private long HeapBytes() => Number(Match(
        _memOs.Command("mem"), @"shell's heap\s+([0-9,]+)"));

    private long ResidentKilobytes()
    {
        string row = Match(_memOs.Command("ps"), @"(shell .*)");
        string amount = Match(row, @"([0-9.]+ [KM]B)");
        double value = double.Parse(amount.Split(' ')[0], CultureInfo.InvariantCulture);
        return (long)(value * (amount.EndsWith("MB", StringComparison.Ordinal) ? 1024 : 1));
    }

    private long ProcessorTime(string number) => Number(Match(
        _memOs.Command("ps"), $@"^\s*{number} .* ([0-9,]+)\s*$"));

    private static string Match(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern, RegexOptions.Multiline);
        Assert.True(match.Success, $"no {pattern} in:\n{text}");
        return match.Groups[1].Value;
    }

    private static long Number(string digits) =>
        long.Parse(digits, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // The screen is drawn a little later than the line sends.
    private int AwaitLitRows(string picture, Predicate<int> isExpected)
    {
        int lit = -1;
        Ending ending = _memOs.Session.WaitUntil(
            _ => isExpected(lit = CountLitRows(_memOs.Session.TakeScreen(picture))),
            Patience.Default);
        Assert.True(ending == Ending.Reached, $"{picture}: {lit} rows of pixels are lit");
        return lit;
    }

    private static int CountLitRows(Screen screen)
    {
        int lit = 0;
        for (int y = 0; y < screen.Height; y++)
        {
            for (int x = 0; x < screen.Width; x++)
            {
                if (screen[x, y] is not { Red: > 128, Green: > 128, Blue: > 128 }) continue;
                lit++;
                break;
            }
        }
        return lit;
    }
}
