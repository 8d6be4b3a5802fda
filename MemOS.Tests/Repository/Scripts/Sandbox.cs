using System;
using System.Diagnostics;
using System.IO;

namespace MemOS.Tests.Repository.Scripts;

/// <summary>
/// A folder in which a script of the repository runs with stand-ins for the commands that it
/// calls, so that nothing outside is touched and every outcome can be played.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string _commands;

    /// <summary>Makes an empty sandbox.</summary>
    public Sandbox()
    {
        Folder = Directory.CreateTempSubdirectory("memos-script-").FullName;
        _commands = Path.Combine(Folder, "commands");
        Directory.CreateDirectory(_commands);
    }

    /// <summary>The working folder of the script.</summary>
    public string Folder { get; }

    /// <summary>What the stand-ins noted: <c>note</c> in a stand-in's body appends to it.</summary>
    public string Notes
    {
        get
        {
            string path = Path.Combine(Folder, "notes");
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
    }

    /// <summary>Makes a stand-in for a command, written in bash.</summary>
    public void Command(string name, string body)
    {
        string path = Path.Combine(_commands, name);
        string note = $"note() {{ echo \"$@\" >>'{Folder}/notes'; }}";
        File.WriteAllText(path, $"#!/bin/bash\n{note}\n{body}\n");
        File.SetUnixFileMode(path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a script of <c>build/</c> and says what came of it.</summary>
    public (int Status, string Output) Run(
        string script, string input, params string[] arguments) =>
        RunFile(Path.Combine(RepositoryRoot.Path, "build", script), input, arguments);

    /// <summary>
    /// Runs a copy of a script of <c>build/</c> as if the sandbox's folder were the repository.
    /// </summary>
    public (int Status, string Output) RunHere(string script, params string[] arguments)
    {
        string copy = Path.Combine(Folder, "build", script);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(RepositoryRoot.Path, "build", script), copy, overwrite: true);
        return RunFile(copy, "", arguments);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private (int Status, string Output) RunFile(string path, string input, string[] arguments)
    {
        ProcessStartInfo start = new("bash")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Standard error joins the output, in the order in which a person would see both.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" 2>&1");
        start.ArgumentList.Add("bash");
        start.ArgumentList.Add(path);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = _commands + ":" + Environment.GetEnvironmentVariable("PATH");

        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
