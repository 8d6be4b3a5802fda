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
        Sdks("10.0.401", "10.0.401");
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
    public void What_only_bochs_needs_is_installed_only_for_it()
    {
        _sandbox.Command("dpkg-query", "[[ \"$*\" == *bochs* ]] || printf installed");
        Assert.Equal((0, ""), _sandbox.Run("setup.sh", ""));
        Assert.Equal(0, _sandbox.Run("setup.sh", "", "bochs").Status);
        Assert.Contains("--no-install-recommends bochs bochs-term", _sandbox.Notes,
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
    [InlineData("", "")]
    [InlineData("8.0.100", "")]
    [InlineData("11.0.100", "")]
    [InlineData("10.0.100-preview.7", "")]
    [InlineData("11.0.100", "11.0.100")]
    public void Without_the_right_sdk_the_first_line_says_which(string installed, string chosen)
    {
        Sdks(installed, chosen);
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.NotEqual(0, status);
        string first = output.Split('\n')[0];
        Assert.Contains(".NET SDK 10.0", first, StringComparison.Ordinal);
        Assert.Contains(
            installed.Length == 0 ? "none" : installed, first, StringComparison.Ordinal);
        Assert.Contains("--channel 10.0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_dotnet_command_that_works_it_says_how_to_get_one()
    {
        _sandbox.Command("dotnet", "exit 127");
        (int status, string output) = _sandbox.Run("setup.sh", "");
        Assert.NotEqual(0, status);
        Assert.StartsWith("setup: ", output, StringComparison.Ordinal);
        Assert.Contains("--channel 10.0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_repository_that_chooses_the_sdk()
    {
        _sandbox.Command("dotnet", "[[ -f global.json ]] && echo 10.0.401");
        Assert.Equal((0, ""), _sandbox.Run("setup.sh", ""));
    }

    public void Dispose() => _sandbox.Dispose();

    // As the real command: with none that global.json takes, it says so and fails.
    private void Sdks(string installed, string chosen) => _sandbox.Command("dotnet", $"""
        case "$1" in
            --version) echo '{chosen}'; [[ -n '{chosen}' ]] ;;
            --list-sdks) if [[ -n '{installed}' ]]; then echo '{installed} [/usr/sdk]'; fi ;;
        esac
        """);
}
