using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>MemOS boots to its prompt, demos green, on every kind of machine.</summary>
/// <remarks>
/// Not all eighteen combinations: each value of each property occurs, and each pair of boot
/// medium and processor. UEFI firmware itself does not start in 64 MB.
/// </remarks>
public sealed class BootMatrixTests
{
    [Theory]
    [InlineData(BootMedium.BiosCd, CpuModel.Max, 512)]
    [InlineData(BootMedium.BiosCd, CpuModel.Qemu64, 64)]
    [InlineData(BootMedium.BiosDisk, CpuModel.Max, 64)]
    [InlineData(BootMedium.BiosDisk, CpuModel.Qemu64, 6 * 1024)]
    [InlineData(BootMedium.Uefi, CpuModel.Max, 6 * 1024)]
    [InlineData(BootMedium.Uefi, CpuModel.Qemu64, 512)]
    public void It_boots_and_all_demos_pass(BootMedium boot, CpuModel cpu, int mebibytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Boot = boot,
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"boot {machine}", machine);
        Assert.Matches("demos: [1-9][0-9]* passed, 0 failed", memOs.Console);
        Assert.Contains("alive here", memOs.Command("echo \"alive\" here"),
            StringComparison.Ordinal);
    }
}
