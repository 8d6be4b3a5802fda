using System;
using System.Globalization;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>modeltest</c>: processes that do random things with memory, segments and
/// signals, beside a model of what must come of it.
/// </summary>
/// <remarks>
/// The number of steps is that of the test, or what MEMOS_QEMU_STEPS says.
/// </remarks>
public sealed class ModeltestTests
{
    private static readonly string? _steps =
        Environment.GetEnvironmentVariable("MEMOS_QEMU_STEPS");

    // The longest that any number of steps may take; what hangs is silent much earlier.
    private static readonly Patience _patience =
        _steps is null
            ? new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15))
            : new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    // With execute-only memory, and without.
    [Theory]
    [InlineData(CpuModel.Max, 512, "100000", 1)]
    [InlineData(CpuModel.Qemu64, 128, "10000", 2)]
    public void Random_steps_of_processes_agree_with_the_model(
        CpuModel cpu, int mebibytes, string usualSteps, int seed)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        string steps = _steps ?? usualSteps;
        using MemOsMachine memOs = MemOsMachine.Boot($"modeltest {cpu}", machine);
        string output = memOs.Command(
            string.Create(CultureInfo.InvariantCulture, $"drive modeltest {steps} {seed}"),
            _patience);
        int failure = output.IndexOf("FAILED", StringComparison.Ordinal);
        Assert.True(failure < 0, failure < 0 ? null : output[failure..]);
        // All that can come of a call, and not a handful of signals; few of the rounds.
        Assert.Matches(
            $"modeltest: {steps} steps agree, seed {seed}: [4-9][0-9] kinds of outcome, "
                + "[0-9]{3,} signals, [0-9] rounds cut short", output);
    }
}
