using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>The machine's switch, by the shell's commands.</summary>
public sealed class PowerTests
{
    // QEMU tells why it stopped; it is started so that a reset stops it, too.
    [Theory]
    [InlineData("shutdown", "guest-shutdown")]
    [InlineData("reboot", "guest-reset")]
    public void The_command_ends_the_machine_in_its_way(string command, string reason)
    {
        using MemOsMachine memOs = MemOsMachine.Boot(command);
        memOs.Audit();
        // Listening before anything can be said.
        QemuMonitor monitor = memOs.Monitor;
        memOs.Type(command + "\r");
        Assert.Equal(reason, monitor.AwaitShutdown());
        Ending ending = memOs.Session.WaitForPowerOff(Patience.Default);
        Assert.True(ending == Ending.PoweredOff, $"{ending}:\n{memOs.Console}");
    }
}
