using System;
using Xunit;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>What <c>build/setup.sh</c> does on machines that lack this or that.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public SetupTests()
    {
        _sandbox.Command("dpkg-query", "printf installed");
        _sandbox.Command("apt-get", "note apt-get \"$@\"");
        _sandbox.Command("sudo", "exec \"$@\"");
        _sandbox.Command("dotnet", "echo '10.0.401 [/usr/share/dotnet/sdk]'");
    }

    [Fact]
    public void A_complete_machine_is_left_alone()
    {
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.Equal((0, ""), (status, output));
        Assert.Empty(_sandbox.Notes);
    }

    [Fact]
    public void What_is_missing_is_installed_and_nothing_else()
    {
        _sandbox.Command("dpkg-query", "[[ \"$*\" == *nasm* ]] || printf installed");
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.True(status == 0, output);
        Assert.Contains("--no-install-recommends nasm\n", _sandbox.Notes,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_installation_is_reported_with_its_log()
    {
        _sandbox.Command("dpkg-query", "true");
        _sandbox.Command("apt-get", "echo 'no network'; exit 100");
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.NotEqual(0, status);
        Assert.Contains("no network", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 127")]
    [InlineData("true")]
    [InlineData("echo '8.0.100 [/usr]'; echo '9.0.300 [/usr]'")]
    public void Without_a_recent_sdk_it_says_how_to_get_one(string dotnet)
    {
        _sandbox.Command("dotnet", dotnet);
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.NotEqual(0, status);
        Assert.Contains("--channel 10.0", output, StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();
}
