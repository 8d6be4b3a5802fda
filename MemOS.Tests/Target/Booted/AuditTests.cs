using System;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// An audit lets interrupts in, and still sees the machine as it is at one moment.
/// </summary>
public sealed class AuditTests
{
    private static readonly Patience _patience =
        new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));

    [Fact]
    public void Audits_beside_programs_that_change_everything_are_sound()
    {
        using MemOsMachine memOs = MemOsMachine.Boot(
            "audits beside busy programs", new Machine(KernelImages.MemOS));
        Assert.Contains(
            "attack: beside 2 busy programs 30 of 30 audits were sound",
            memOs.Command("drive selftest attack busy", _patience));
    }
}
