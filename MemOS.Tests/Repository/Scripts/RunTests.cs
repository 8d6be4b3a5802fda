using System;
using Xunit;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>How <c>build/run.sh</c> starts QEMU on machines with and without KVM.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Fact]
    public void With_kvm_that_works_it_is_used()
    {
        Qemu("true");
        Assert.Equal((0, "Ctrl-A X leaves.\n"), Run());
        Assert.Contains("-accel kvm", _sandbox.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'Could not access KVM kernel module' >&2; exit 1")]
    [InlineData("kill -ABRT $$")]
    public void Kvm_that_does_not_work_is_passed_over_in_silence(string probe)
    {
        Qemu(probe);
        Assert.Equal((0, "Ctrl-A X leaves.\n"), Run());
        Assert.Contains("-accel tcg", _sandbox.Notes, StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    private (int Status, string Output) Run() => _sandbox.Run("run.sh", "", "some.iso", "terminal");

    private void Qemu(string probe) => _sandbox.Command("qemu-system-x86_64", $"""
        if [[ "$*" == *-cdrom* ]]; then note "$@"; else {probe}; fi
        """);
}
