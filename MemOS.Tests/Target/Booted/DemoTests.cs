using System;
using System.Diagnostics;
using System.IO;
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
        string variant = Path.Combine(folder.FullPath, "demo.iso");
        MakeVariant(KernelImages.MemOS, variant, "demo", "audit");

        using QemuSession session = QemuSession.Start(new Machine(variant), folder);
        Ending ending = session.WaitForPowerOff(Patience.Default);
        string console = session.Transcript.PlainText;
        Assert.True(ending == Ending.PoweredOff, $"{ending}:\n{console}");
        Assert.Matches("demos: [1-9][0-9]* passed, 0 failed", console);
        Assert.Contains("audit: sound", console, StringComparison.Ordinal);
        Assert.DoesNotContain("memos> ", console, StringComparison.Ordinal);
    }

    private static void MakeVariant(string iso, string variant, params string[] words)
    {
        string script = Path.Combine(Repository.Root, "build", "variant.sh");
        using Process process = Process.Start(script, [iso, variant, .. words]);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "the script hangs");
        Assert.Equal(0, process.ExitCode);
    }
}
