using System;
using System.CommandLine;
using Cosmos.TestRunner.Engine;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;

namespace Cosmos.TestRunner.Tool;

/// <summary><c>cosmos-test run</c>: boots a test kernel and prints its results.</summary>
internal static class RunCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("run", "Boots a test kernel and waits for its verdict.");
        MachineOptions options = new();
        options.AddTo(command);
        Option<string?> junit = new("--junit") { Description = "Also write JUnit XML there." };
        command.Options.Add(junit);
        command.SetAction(result =>
        {
            Machine machine = options.MachineOf(result);
            RunFolder folder = options.FolderOf(result);
            KernelReport report = KernelRun.Boot(machine, folder, options.PatienceOf(result));
            if (result.GetValue(junit) is { } path)
                JUnitFile.Write(path, machine.Image, report);
            Print(report, folder);
            return report.Passed ? Success : Failure;
        });
        return command;
    }

    private static void Print(KernelReport report, RunFolder folder)
    {
        foreach (TestResult test in report.Tests)
        {
            string mark = test.Status switch
            {
                TestStatus.Passed => "passed    ",
                TestStatus.Failed => "FAILED    ",
                _ => "UNFINISHED",
            };
            Console.WriteLine($"{mark} {test.Suite}.{test.Name} {test.Message}".TrimEnd());
        }

        foreach (string assertion in report.Assertions)
            Console.WriteLine($"FAILED     {assertion}");
        Console.WriteLine(report.Summary);
        if (!report.Passed) Console.WriteLine($"console: {folder.SerialLog}");
    }
}
