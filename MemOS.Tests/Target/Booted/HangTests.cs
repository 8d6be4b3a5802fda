using System;
using System.Diagnostics;
using System.IO;
using Cosmos.TestRunner.Engine.Machines;
using MemOS.Tests.Target.Engine;
using Xunit;
using Xunit.Sdk;

namespace MemOS.Tests.Target.Booted;

/// <summary>A MemOS that hangs is a failed test with its log, and no hung test run.</summary>
public sealed class HangTests
{
    private static readonly Patience Little =
        new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6));

    [Fact]
    public void A_machine_that_falls_silent_fails_its_test_with_its_log()
    {
        using MemOsMachine memOs = MemOsMachine.Boot("hang");
        memOs.Audit();
        memOs.Monitor.Run("stop");
        TrueException failure =
            Assert.Throws<TrueException>(() => memOs.Command("echo x", Little));
        Assert.Contains(nameof(Ending.Silence), failure.Message, StringComparison.Ordinal);
        Assert.Contains("demos: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_talks_for_ever_fails_its_test_and_is_ended()
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, "endless");
        Machine machine = new(BootSector.Write(
            Path.Combine(folder.FullPath, "endless.img"), "a demo goes on "u8, BootSector.Repeat))
        {
            Boot = BootMedium.BiosDisk,
        };
        TrueException failure = Assert.Throws<TrueException>(
            () => MemOsMachine.Boot("endless talk", machine, Little));
        Assert.Contains(nameof(Ending.TimeLimit), failure.Message, StringComparison.Ordinal);
        Assert.Contains("a demo goes on", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Process.GetProcessesByName("qemu-system-x86_64"),
            process => IsOf(process, machine.Image));
    }

    private static bool IsOf(Process process, string image)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline")
                .Contains(image, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }
}
