using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>What <c>make demo</c> stands on: a boot menu with one more word.</summary>
public sealed class DemoTests
{
    [Fact]
    public void With_the_word_demo_the_demos_run_and_the_machine_powers_off()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "memos demo");
        string variant = IsoVariant.Make(folder.FullPath, "demo", "audit");

        using QemuSession session = QemuSession.Start(new Machine(variant), folder);
        Ending ending = session.WaitForPowerOff(Patience.Default);
        string console = session.Transcript.PlainText;
        Assert.True(ending == Ending.PoweredOff, $"{ending}:\n{console}");
        Assert.Matches("demos: [1-9][0-9]* passed, 0 failed", console);
        Assert.Contains("audit: sound", console, StringComparison.Ordinal);
        Assert.DoesNotContain("memos> ", console, StringComparison.Ordinal);
    }
}
