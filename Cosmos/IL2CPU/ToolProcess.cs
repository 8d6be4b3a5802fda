using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;

namespace IL2CPU;

/// <summary>Runs the tools of others.</summary>
internal static class ToolProcess
{
    /// <summary>Runs a tool to its end.</summary>
    /// <returns>What it printed on standard output.</returns>
    /// <exception cref="BuildError">It is missing, or ended with an error.</exception>
    internal static string Run(string tool, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(tool, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            throw new BuildError("IL2CPU030",
                $"{tool} failed: {(errors.Result + output).Trim().ReplaceLineEndings(" | ")}");
        }
        catch (Win32Exception)
        {
            throw new BuildError("IL2CPU031",
                $"{tool} is not installed; build/setup.sh installs what is needed.");
        }
    }
}
