using System;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>fuzz</c>: processes that make system calls with random and with nearly right
/// arguments, with whatever there is in the registers. Whatever they do to themselves, the machine
/// goes on, is sound, and has lost no memory.
/// </summary>
/// <remarks>
/// The number of calls is that of the test, or what MEMOS_FUZZ_CALLS says.
/// </remarks>
public sealed partial class FuzzTests
{
    private const int LeastKinds = 100;

    private static readonly string? _calls =
        Environment.GetEnvironmentVariable("MEMOS_FUZZ_CALLS");

    private static readonly Patience _patience = new(
        TimeSpan.FromMinutes(5),
        _calls is null ? TimeSpan.FromMinutes(15) : TimeSpan.FromDays(1));

    // With protection keys and five levels of tables, and without.
    [Theory]
    [InlineData(CpuModel.Max, 256, 1)]
    [InlineData(CpuModel.Qemu64, 128, 2)]
    public void Random_calls_harm_nobody_but_their_caller(CpuModel cpu, int mebibytes, int seed)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"fuzz {cpu}", machine);
        string output = memOs.Run($"fuzz {_calls ?? "100000"} {seed}", " ended early", _patience);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Match result = ResultLine().Match(output);
        Assert.True(result.Success, output);
        Assert.True(int.Parse(result.Groups[1].ValueSpan) >= LeastKinds, result.Value);
    }

    [GeneratedRegex("fuzz: [0-9]{6,} calls made, seed [0-9]+: ([0-9]+) kinds of outcome")]
    private static partial Regex ResultLine();
}
