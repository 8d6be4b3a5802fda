using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>accesstest</c>: segments whose backer serves each load and each store, by all
/// kinds of instructions, and backers that do not.
/// </summary>
public sealed class AccesstestTests
{
    [Theory]
    [InlineData(CpuModel.Qemu64, 64)]
    [InlineData(CpuModel.Max, 512)]
    public void Each_access_is_served_or_is_a_fault(CpuModel cpu, int mebibytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"accesstest {cpu}", machine);
        string output = memOs.Command("run accesstest");
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Matches("accesstest: [0-9]{2,} checks passed, 0 failed", output);
    }
}
