using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace MemOS.Tests.Repository.Style;

/// <summary>No project of the house stays out of the solution, and so out of its rules.</summary>
public sealed class SolutionTests
{
    private static readonly string[] _rules =
    [
        "MemOS.sln", "Directory.Build.props", "Directory.Packages.props", "build/House.props",
        "Userland/Directory.Build.props", "Userland/Directory.Build.targets",
        "Cosmos/Cosmos.Build/Cosmos.Build.props", "Cosmos/Cosmos.Build/Cosmos.Build.targets",
    ];

    [Theory]
    [InlineData("Cosmos")]
    [InlineData("MemOS")]
    [InlineData("MemOS.Plugs")]
    [InlineData("MemOS.Tests")]
    [InlineData("iso")]
    public void The_solution_lists_every_project_outside_of_Userland(string folder)
    {
        Assert.NotEmpty(Solution.ProjectsIn(folder));
        Assert.All(Solution.ProjectsIn(folder), p => Assert.True(Solution.Lists(p), p));
    }

    [Fact]
    public void The_solution_lists_every_program_that_has_locked_its_packages()
    {
        // A program of the house has a lock file; a user's own has none.
        string[] programs = [.. Solution.ProjectsIn("Userland").Where(
            p => File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json")))];
        Assert.True(programs.Length > 10);
        Assert.All(programs, p => Assert.True(Solution.Lists(p), p));
    }

    [Theory]
    [InlineData("Userland/hello/hello.csproj", true)]
    [InlineData("MemOS/Memory/MemOS.Memory.csproj", true)]
    [InlineData("Userland/mine/mine.csproj", false)]
    [InlineData("Userland/mine/hello.csproj", false)]
    public void The_house_builds_with_its_rules_and_a_user_without(string project, bool isHouse)
    {
        string root = Directory.CreateTempSubdirectory("memos-house-").FullName;
        try
        {
            foreach (string rule in _rules) Copy(rule, root);
            string path = Path.Combine(root, project);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "<Project Sdk=\"Microsoft.NET.Sdk\" />");
            Assert.Equal(isHouse, Evaluate(path, "TreatWarningsAsErrors") == "true");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Copy(string file, string root)
    {
        string target = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(RepositoryRoot.Path, file), target);
    }

    private static string Evaluate(string project, string property)
    {
        ProcessStartInfo start = new("dotnet",
            ["msbuild", project, $"-getProperty:{property}", "-nologo"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string value = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return value;
    }
}
