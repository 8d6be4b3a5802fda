using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace MemOS.Tests.Target.Readme;

/// <summary>What README.md tells a reader to type.</summary>
internal static class ReadmeText
{
    private static readonly string _text =
        File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The one line of a program's project.</summary>
    public static string Project { get; } =
        Regex.Match(_text, "`(<Project [^`]*/>)`").Groups[1].Value;

    /// <summary>The samples in C#, in their order; each is a whole program.</summary>
    public static IReadOnlyList<string> Samples { get; } = FindSamples();

    // What the first one uses, a reader keeps for the others.
    private static string[] FindSamples()
    {
        string[] found = [.. Regex.Matches(_text, "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value)];
        string usings = string.Concat(Regex.Matches(found[0], @"^using [\w.]+;\n",
            RegexOptions.Multiline).Select(match => match.Value));
        return [found[0], .. found[1..].Select(sample => usings + sample)];
    }
}
