using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>backtest</c>: segments with a backer, their readers and copiers, and backers that
/// are slow, wrong, dead, or waiting for one another.
/// </summary>
public sealed class BacktestTests
{
    // The longest chain is ten processes at a time.
    [Theory]
    [InlineData(CpuModel.Qemu64, 96)]
    [InlineData(CpuModel.Max, 512)]
    public void Who_has_a_backer_is_served_or_told(CpuModel cpu, int mebibytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"backtest {cpu}", machine);
        string output = memOs.Command("run backtest");
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Matches("backtest: [0-9]{2,} checks passed, 0 failed", output);
    }
}
