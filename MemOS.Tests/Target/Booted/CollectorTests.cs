using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// The collector of the kernel's heap while it has more to do than ever otherwise: one collection
/// follows the other, with a tiny slice after each system call, and each is checked.
/// </summary>
public sealed class CollectorTests
{
    [Fact]
    public void With_a_slice_after_each_system_call_the_demos_run_and_nothing_is_missed()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos collector");
        string variant = IsoVariant.Make(folder.FullPath, "demo", "audit", "stress-collector");

        using QemuSession session = QemuSession.Start(new Machine(variant), folder);
        Ending ending = session.WaitForPowerOff(Patience.Default);
        string console = session.Transcript.PlainText;
        Assert.True(ending == Ending.PoweredOff, $"{ending}:\n{console}");
        Assert.Matches("demos: [1-9][0-9]* passed, 0 failed", console);
        Assert.Contains("audit: sound", console, StringComparison.Ordinal);
        // Many, not one or two.
        Assert.Matches("collector: [0-9]{2,} collections were checked", console);
    }
}
