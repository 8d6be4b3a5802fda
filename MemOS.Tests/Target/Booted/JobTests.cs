using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using MemOS.Abi;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// Jobs at the shell: what runs beside it takes neither keys nor processor nor memory from others.
/// </summary>
public sealed class JobTests
{
    // Those that make something.
    private static readonly SyscallCode[] _charged =
    [
        SyscallCode.MemAlloc, SyscallCode.MemFree, SyscallCode.VirtMemAms, SyscallCode.BackedAms,
        SyscallCode.ShareAms, SyscallCode.MapAms, SyscallCode.CreateProcess,
        SyscallCode.CreateThread, SyscallCode.CreateJob, SyscallCode.Spawn,
    ];

    [Fact]
    public void A_reader_beside_the_shell_gets_no_key()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("reader beside");
        int start = memOs.Console.Length;
        string number = Start(memOs, "read");
        for (int i = 0; i < 20; i++)
        {
            Assert.Contains($"line {i}", memOs.Command($"echo \"line\" {i}"),
                StringComparison.Ordinal);
        }

        Assert.DoesNotContain("took", memOs.Console[start..], StringComparison.Ordinal);
        Assert.Contains("killed", memOs.Command($"kill {number}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fork_bomb_beside_the_shell_stops_nobody_and_ends_with_one_command()
    {
        Machine machine = new(KernelImages.MemOS) { Memory = MemorySize.FromMebibytes(128) };
        using MemOsMachine memOs = MemOsMachine.Boot("fork bomb", machine);
        string job = StartJob(memOs, "forks");
        Assert.Contains("alive", memOs.Command("echo \"alive\""), StringComparison.Ordinal);
        Assert.Matches($@"%{job} .*consoletest", memOs.Command("jobs"));
        Assert.Contains("killed", memOs.Command($"kill %{job}"), StringComparison.Ordinal);
        Assert.DoesNotContain("consoletest", memOs.Command("ps"), StringComparison.Ordinal);
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scatter", 64)]
    [InlineData("scatter", 256)]
    [InlineData("hoard", 64)]
    [InlineData("hoard", 256)]
    public void What_is_typed_leaves_enough_to_the_shell_and_ends_with_one_command(
        string word, int megabytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Memory = MemorySize.FromMebibytes(megabytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"{word} {megabytes}", machine);
        string output = memOs.Command($"consoletest {word}", _patience);
        string job = Regex.Match(output, "others go on in job %([0-9]+)").Groups[1].Value;
        if (word == "hoard") memOs.Await("nothing is left", 0);

        Assert.Contains("consoletest", memOs.Command("ps"), StringComparison.Ordinal);
        Assert.Matches($@"%{job} ", memOs.Command("jobs"));
        // Only what is typed may have no more.
        Assert.Contains("hello: ok", memOs.Command("drive hello"), StringComparison.Ordinal);
        Assert.DoesNotContain("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);

        memOs.Command($"kill %{job}");
        Assert.DoesNotContain("consoletest", memOs.Command("ps"), StringComparison.Ordinal);
        Assert.Contains("hello: ok", memOs.Command("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_call_is_refused_at_each_limit_of_its_job_and_changes_nothing()
    {
        Machine machine = new(KernelImages.MemOS) { Memory = MemorySize.FromMebibytes(128) };
        using MemOsMachine memOs = MemOsMachine.Boot("charges", machine);
        string output = memOs.Run("drive selftest charges", " checks passed, ", _patience);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed", output);
        Assert.All(_charged, code =>
            Assert.Matches($"charge: {code}: .*: [1-9][0-9]* failures", output));
    }

    [Fact]
    public void A_program_that_is_typed_may_not_look_at_others_nor_switch_the_machine_off()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("reach");
        string output = memOs.Command("consoletest reach");
        Assert.Equal(6, Regex.Count(output, ": refused"));
        Assert.DoesNotContain(": done", output, StringComparison.Ordinal);
    }

    /// <remarks>
    /// By instructions, so that the figures are the same at each run. Outside of the job of all
    /// that is typed, which may not have so many processes.
    /// </remarks>
    [Theory]
    [InlineData("share", 512)]
    [InlineData("children", 3072)]
    public void A_lone_program_has_half_of_the_processor_beside_thousands(
        string word, int megabytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Memory = MemorySize.FromMebibytes(megabytes),
            Clock = Clock.Instructions,
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"lone beside {word}", machine);
        string output = memOs.Run($"drive consoletest {word}", "lone share ");
        Match share = Regex.Match(output, "lone share ([0-9.]+) of");
        Assert.InRange(
            double.Parse(share.Groups[1].Value, CultureInfo.InvariantCulture), 0.48, 0.52);
    }

    private static readonly Patience _patience =
        new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    private static string Start(MemOsMachine memOs, string word) => Regex.Match(
        memOs.Command($"consoletest {word} &"), @"\[([0-9]+)\] consoletest").Groups[1].Value;

    private static string StartJob(MemOsMachine memOs, string word) => Regex.Match(
        memOs.Command($"consoletest {word} &"), @"in job %([0-9]+)").Groups[1].Value;
}
