using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>selftest</c>: every system call, its errors, buffers and blocks in every kind of
/// memory, registers, and shares of the processor by priority.
/// </summary>
/// <remarks>
/// On an early processor with little memory; DamagedProgramTests runs it on one that has all.
/// </remarks>
public sealed class SelftestTests
{
    [Fact]
    public void Every_system_call_does_what_the_document_says()
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = CpuModel.Qemu64,
            Memory = MemorySize.FromMebibytes(96),
        };
        using MemOsMachine memOs = MemOsMachine.Boot("selftest", machine);
        string output = memOs.Run("drive selftest", " checks passed, ");
        Assert.DoesNotContain("FAILED", output);
        // As many as there are calls, codes and places, not a handful.
        Assert.Matches("selftest: [0-9]{3,} checks passed, 0 failed", output);
    }
}
