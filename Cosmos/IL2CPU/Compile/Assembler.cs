using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace IL2CPU.Compile;

/// <summary>Runs nasm.</summary>
internal static partial class Assembler
{
    /// <summary>Assembles a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="folder">Where it and the object are left.</param>
    /// <returns>The object's path.</returns>
    /// <exception cref="BuildError">It does not assemble; the places are in the origin.</exception>
    internal static string Assemble(AssemblySource source, string folder)
    {
        string path = Path.Combine(folder, source.Name);
        File.WriteAllBytes(path, source.Text);
        string target = path + ".o";
        try
        {
            ToolProcess.Run("nasm", ["-f", "elf64", "-o", target, path]);
        }
        catch (ToolFailure failure)
        {
            throw BuildError.All(Errors(failure.Text, source.Origin ?? path));
        }
        return target;
    }

    private static IEnumerable<BuildError> Errors(string text, string file)
    {
        foreach (Match one in Message().Matches(text))
        {
            yield return new BuildError(
                "IL2CPU033", one.Groups["what"].Value.Trim(), $"{file}({one.Groups["line"]})");
        }
    }

    [GeneratedRegex("^.*?:(?<line>[0-9]+): (?:error|fatal|panic): (?<what>.*)$",
        RegexOptions.Multiline)]
    private static partial Regex Message();
}
