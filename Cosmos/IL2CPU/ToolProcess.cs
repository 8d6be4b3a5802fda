using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;

namespace IL2CPU;

/// <summary>Runs the tools of others.</summary>
internal static class ToolProcess
{
    /// <summary>
    /// The time, in seconds since 1970, that tools write into what they make: builds are
    /// repeatable. It is the first day that a FAT file system knows.
    /// </summary>
    internal const string SourceDate = "315532800";

    /// <summary>Runs a tool to its end.</summary>
    /// <returns>What it printed on standard output.</returns>
    /// <exception cref="ToolFailure">It ended with an error.</exception>
    /// <exception cref="BuildError">It is not installed.</exception>
    internal static string Run(string tool, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(tool, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SOURCE_DATE_EPOCH"] = SourceDate;
        try
        {
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;
            throw new ToolFailure(tool, errors.Result + output);
        }
        catch (Win32Exception)
        {
            throw new BuildError("IL2CPU031",
                $"{tool} is not installed; build/setup.sh installs what is needed.");
        }
    }
}
