using System;
using System.IO;
using Xunit;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>What <c>build/test.sh</c> counts, and that it cannot pass by accident.</summary>
public sealed class TestScriptTests : IDisposable
{
    private const string Passing =
        "<Counters total=\"5\" executed=\"5\" passed=\"5\" failed=\"0\" notExecuted=\"0\" />";

    private const string Failing =
        "<Counters total=\"4\" executed=\"4\" passed=\"2\" failed=\"2\" notExecuted=\"0\" />";

    private readonly Sandbox _sandbox = new();

    [Fact]
    public void All_programs_are_added_up()
    {
        Dotnet($"echo '{Passing}' >artifacts/tests/a.trx; echo '{Passing}' >artifacts/tests/b.trx");
        AssertEnds(0, "10 passed, 0 failed");
    }

    [Fact]
    public void A_failed_test_fails_the_run()
    {
        Dotnet($"""
            echo '{Passing}' >artifacts/tests/a.trx
            echo '{Failing}' >artifacts/tests/b.trx
            exit 1
            """);
        AssertEnds(1, "7 passed, 2 failed");
    }

    [Fact]
    public void No_test_at_all_fails_the_run()
    {
        Dotnet("true");
        AssertEnds(1, "0 passed, 1 failed");
    }

    [Fact]
    public void A_test_program_that_breaks_off_fails_the_run()
    {
        Dotnet($"echo '{Passing}' >artifacts/tests/a.trx; exit 1");
        AssertEnds(1, "5 passed, 1 failed");
    }

    [Fact]
    public void A_broken_build_fails_the_run()
    {
        _sandbox.Command("dotnet", "[[ $1 != build ]]");
        AssertEnds(1, "0 passed, 1 failed");
    }

    [Fact]
    public void A_wrong_format_fails_the_run()
    {
        _sandbox.Command("dotnet", $"""
            if [[ $1 == format ]]; then exit 2; fi
            if [[ $1 == test ]]; then echo '{Passing}' >artifacts/tests/a.trx; fi
            """);
        AssertEnds(1, "5 passed, 1 failed");
    }

    [Fact]
    public void The_format_of_a_users_own_program_is_not_looked_at()
    {
        WriteProject("hello");
        WriteProject("mine");
        File.WriteAllText(Path.Combine(_sandbox.Folder, "MemOS.sln"),
            "Project = \"hello\", \"Userland\\hello\\hello.csproj\", \"{1}\"");
        Dotnet($"echo '{Passing}' >artifacts/tests/a.trx");
        AssertEnds(0, "5 passed, 0 failed");
        Assert.Contains(
            "--verify-no-changes --exclude Userland/mine/\n", _sandbox.Notes,
            StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    private void WriteProject(string program)
    {
        string folder = Path.Combine(_sandbox.Folder, "Userland", program);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, program + ".csproj"), "");
    }

    private void Dotnet(string test) =>
        _sandbox.Command("dotnet", $"note \"$@\"\nif [[ $1 != test ]]; then exit 0; fi\n{test}");

    private void AssertEnds(int status, string lastLine)
    {
        (int actual, string output) = _sandbox.Run("test.sh", "");
        Assert.Equal(lastLine, output.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(status, actual);
    }
}
