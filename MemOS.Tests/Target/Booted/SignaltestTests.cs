using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The program <c>signaltest</c>: signals and their handlers, faults in them, the end of a process
/// with and without warning, threads, and waiting for words of memory.
/// </summary>
public sealed class SignaltestTests
{
    [Theory]
    [InlineData(CpuModel.Qemu64, 64)]
    [InlineData(CpuModel.Max, 512)]
    public void Signals_threads_and_words_do_what_the_document_says(CpuModel cpu, int mebibytes)
    {
        Machine machine = new(KernelImages.MemOS)
        {
            Cpu = cpu,
            Memory = MemorySize.FromMebibytes(mebibytes),
        };
        using MemOsMachine memOs = MemOsMachine.Boot($"signaltest {cpu}", machine);
        // With all of memory, for as many threads as a process can have.
        string output = memOs.Command("drive signaltest");
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Assert.Matches("signaltest: [0-9]{2,} checks passed, 0 failed", output);
    }
}
