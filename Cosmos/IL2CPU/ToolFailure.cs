using System;
using System.Linq;

namespace IL2CPU;

/// <summary>A tool that ended with an error.</summary>
/// <param name="tool">Its name.</param>
/// <param name="text">What it printed, the errors first.</param>
internal sealed class ToolFailure(string tool, string text)
    : BuildError("IL2CPU030", $"{tool} failed: {FirstLine(text)}")
{
    private const int MostLines = 20;

    /// <summary>What it printed.</summary>
    internal string Text => text;

    /// <summary>An error for each line that it printed.</summary>
    /// <param name="code">The errors' number.</param>
    internal BuildError LineByLine(string code) =>
        All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MostLines)
            .Select(line => new BuildError(code, line.Trim()))
            .DefaultIfEmpty(new BuildError(code, Message)));

    private static string FirstLine(string text) => text.Trim().Split('\n')[0];
}
