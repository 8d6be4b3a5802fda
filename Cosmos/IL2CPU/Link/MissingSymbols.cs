using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;

namespace IL2CPU.Link;

/// <summary>
/// Services that CoreLib could call but nothing here offers. Those on the list get stubs that
/// stop and name themselves; any other is an error of the build.
/// </summary>
internal static class MissingSymbols
{
    private const string Resource = "missing-symbols.txt";

    /// <summary>Reads the list: a name a line, or a prefix with a star.</summary>
    internal static IReadOnlyList<string> Known()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
    }

    /// <summary>Writes the stubs for what is missing.</summary>
    /// <exception cref="BuildError">A symbol is missing that is not on the list.</exception>
    internal static void WriteStubs(IReadOnlyCollection<string> undefined, string path)
    {
        IReadOnlyList<string> known = Known();
        string[] unknown = [.. undefined.Where(one => !known.Any(entry => Covers(entry, one)))];
        if (unknown.Length > 0)
        {
            throw new BuildError("IL2CPU040",
                "Nothing defines: " + string.Join(", ", unknown.Order()) + ".");
        }
        StringBuilder text = new("default rel\nextern CosmosMissingSymbol\nsection .text\n");
        foreach (string name in undefined)
        {
            text.Append($"global {name}\nalign 16\n{name}:\n    lea rdi, [name_{name}]\n")
                .Append("    and rsp, -16\n    call CosmosMissingSymbol\n");
        }
        text.Append("section .rodata\n");
        foreach (string name in undefined)
            text.Append($"name_{name}: db '{name}', 0\n");
        File.WriteAllText(path, text.ToString());
    }

    private static bool Covers(string entry, string name) =>
        entry.EndsWith('*')
            ? name.StartsWith(entry[..^1], StringComparison.Ordinal)
            : entry == name;
}
