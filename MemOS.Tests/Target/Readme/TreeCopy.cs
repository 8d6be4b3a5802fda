using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace MemOS.Tests.Target.Readme;

/// <summary>
/// A copy of this tree and of what was built in it, at another place and without git, in which a
/// test adds programs as a user does. Of the programs it has only those that a boot needs.
/// </summary>
internal sealed class TreeCopy : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(20);

    private static readonly string[] _parts =
    [
        "Makefile", "MemOS.sln", "Directory.Build.props", "Directory.Packages.props",
        "global.json", "build", "iso", "Cosmos", "MemOS", "MemOS.Plugs", "artifacts/restored",
        "Userland/Directory.Build.props", "Userland/Directory.Build.targets",
        "Userland/MemOS.Userland", "Userland/init", "Userland/shell",
    ];

    private static readonly string[] _ofThisRun =
        ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"];

    private readonly string _root = Directory.CreateTempSubdirectory("memos-readme-").FullName;

    /// <summary>Copies the tree.</summary>
    public TreeCopy()
    {
        string there = Path.Combine(_root, "tree");
        string commands = Path.Combine(_root, "commands");
        // A make that was never run here before has nothing to go wrong with.
        Assert.True(File.Exists(Path.Combine(Repository.Root, "artifacts", "MemOS.iso")));
        Bash($"""
            mkdir -p '{there}' '{commands}'
            cp --archive --parents --target-directory='{there}' {string.Join(' ', _parts)} ||
                [ ! -e artifacts/restored ]
            printf '#!/bin/sh\nexit 127\n' >'{commands}/git'
            chmod +x '{commands}/git'
            """, Repository.Root);
    }

    /// <summary>The ISO.</summary>
    public string Image => Path.Combine(_root, "tree", "artifacts", "MemOS.iso");

    /// <summary>Makes a program's folder, or changes it.</summary>
    public void Write(string program, string file, string text)
    {
        string folder = Path.Combine(_root, "tree", "Userland", program);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), text);
    }

    /// <summary>Runs <c>make iso</c>.</summary>
    public (int Status, string Output) Make() => Run(
        $"PATH='{_root}/commands':\"$PATH\" make --no-print-directory iso 2>&1",
        Path.Combine(_root, "tree"));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Bash(string script, string folder)
    {
        (int status, string output) = Run(script, folder);
        Assert.True(status == 0, output);
    }

    private static (int Status, string Output) Run(string script, string folder)
    {
        // Into a file: what a build leaves running has its output too, and does not end with it.
        string log = Path.GetTempFileName();
        ProcessStartInfo start = new("bash", ["-c", $"exec >'{log}' 2>&1\n{script}"])
        {
            WorkingDirectory = folder,
        };
        // The tests' own build is not this one's.
        foreach (string name in _ofThisRun) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Assert.True(process.WaitForExit(_limit), "the script hangs");
        string output = File.ReadAllText(log);
        File.Delete(log);
        return (process.ExitCode, output);
    }
}
