using System;
using System.Text;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The shell takes any input without falling over.</summary>
public sealed class ShellFuzzTests
{
    private const int Lines = 60;

    private static readonly string[] Words =
    [
        "help", "ps", "mem", "maps", "log", "run", "kill", "echo", "programs", "uptime",
        "0", "-1", "99999999999999999999", "0x", "&", "\"", "'", "\\", "nosuchprogram", "ä€😀",
        "%s%n", "../../etc", "\u001B[A", "\u001B[D", "\u001B[3~", "\u001B", "\b\b\b", "\t",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_lines_leave_the_shell_alive(int seed)
    {
        using MemOsMachine memOs = MemOsMachine.Boot($"fuzz {seed}");
        Random random = new(seed);
        for (int line = 0; line < Lines; line++) memOs.Command(RandomLine(random));
        Assert.Contains($"alive {seed}", memOs.Command($"echo \"alive\" {seed}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_any_buffer_leaves_the_shell_alive()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("long line");
        memOs.Command(new string('x', 5000));
        Assert.Contains("alive 3", memOs.Command("echo \"alive\" 3"), StringComparison.Ordinal);
    }

    private static string RandomLine(Random random)
    {
        StringBuilder line = new();
        int words = random.Next(1, 6);
        for (int i = 0; i < words; i++) line.Append(Words[random.Next(Words.Length)]).Append(' ');
        return line.ToString();
    }
}
