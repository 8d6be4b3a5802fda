using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// Whatever runs in the foreground, the shell is never lost: Ctrl-C ends it, or is handled.
/// </summary>
public sealed class ControlCTests(SharedMachine shared) : IClassFixture<SharedMachine>
{
    private const string ControlC = "\u0003";
    private const string Prompt = "memos> ";

    private readonly MemOsMachine _memOs = shared.MemOs;

    [Theory]
    [InlineData("spin", "spin runs")]
    [InlineData("flood", "and on\r\nand on")]
    [InlineData("threads", "all threads run")]
    [InlineData("forks", "forks runs")]
    [InlineData("read", "read runs")]
    public void Ctrl_C_ends_what_runs_and_all_that_it_made(string word, string sign)
    {
        Interrupt($"consoletest {word}", sign, ControlC);
        Assert.Contains("alive", _memOs.Command("echo \"alive\""), StringComparison.Ordinal);
        Assert.DoesNotContain("consoletest", _memOs.Command("ps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_of_the_keyboard_ends_what_runs()
    {
        int start = _memOs.Console.Length;
        _memOs.Type("consoletest spin\r");
        _memOs.Await("spin runs", start);
        _memOs.Monitor.PressKeys("ctrl-c");
        _memOs.Await("killed", start);
        _memOs.Await(Prompt, AfterLast("killed"));
    }

    [Fact]
    public void A_program_can_go_on_after_the_first_and_end_at_the_second()
    {
        int start = _memOs.Console.Length;
        _memOs.Type("consoletest cancel\r");
        _memOs.Await("listens", start);
        _memOs.Type(ControlC);
        _memOs.Await("told 1 of ControlC", start);
        _memOs.Type(ControlC);
        _memOs.Await("told 2 of ControlC", start);
        _memOs.Await("exit 130: ended by Ctrl-C", start);
        _memOs.Await(Prompt, AfterLast("ended by Ctrl-C"));
    }

    [Fact]
    public void A_program_that_always_goes_on_is_ended_when_it_is_meant()
    {
        Interrupt("consoletest ignore", "listens", ControlC + ControlC + ControlC);
        Assert.DoesNotContain("consoletest", _memOs.Command("ps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_can_read_it_as_a_key()
    {
        int start = _memOs.Console.Length;
        _memOs.Type("consoletest key\r");
        _memOs.Await("listens", start);
        _memOs.Type(ControlC);
        _memOs.Await("key Control+C", start);
        _memOs.Await(Prompt, AfterLast("key Control+C"));
    }

    [Fact]
    public void At_the_prompt_it_drops_the_line()
    {
        string output = _memOs.Command($"nosuch{ControlC}{ControlC}echo \"still here\"");
        Assert.Contains("^C", output, StringComparison.Ordinal);
        Assert.Contains("still here", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no such", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_is_a_tab_while_a_program_reads_a_line()
    {
        int start = _memOs.Console.Length;
        _memOs.Type("consoletest line\r");
        _memOs.Await("line runs", start);
        _memOs.Type("a\tb\r");
        _memOs.Await("read 'a<tab>b'", start);
        _memOs.Await(Prompt, AfterLast("read 'a"));
    }

    private void Interrupt(string line, string sign, string keys)
    {
        int start = _memOs.Console.Length;
        _memOs.Type(line + "\r");
        _memOs.Await(sign, start);
        _memOs.Type(keys);
        _memOs.Await("killed", start);
        _memOs.Await(Prompt, AfterLast("killed"));
    }

    private int AfterLast(string text) =>
        _memOs.Console.LastIndexOf(text, StringComparison.Ordinal);
}
