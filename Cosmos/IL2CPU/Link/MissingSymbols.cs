using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using IL2CPU.Compile;

namespace IL2CPU.Link;

/// <summary>
/// Services that CoreLib could call but nothing here offers. Those on the list get stubs that
/// stop and name themselves; any other is an error of the build.
/// </summary>
internal static class MissingSymbols
{
    private const string Resource = "missing-symbols.txt";
    private const int MostUsers = 3;

    /// <summary>Reads the list: a name a line, or a prefix with a star.</summary>
    internal static IReadOnlyList<string> Known()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
    }

    /// <summary>Checks that only what is on the list is missing.</summary>
    /// <param name="undefined">What is missing, and what needs it.</param>
    /// <param name="place">Says where a symbol is asked for, if it knows.</param>
    /// <exception cref="BuildError">A symbol is missing that is not on the list.</exception>
    internal static void Check(
        IReadOnlyDictionary<string, IReadOnlyCollection<string>> undefined,
        Func<string, string?> place)
    {
        IReadOnlyList<string> known = Known();
        BuildError[] errors = [.. undefined
            .Where(one => !known.Any(entry => Covers(entry, one.Key)))
            .Select(one => new BuildError("IL2CPU040",
                $"Nothing defines {one.Key}, which {Users(one.Value)} needs.",
                place(one.Key)))];
        if (errors.Length > 0)
            throw BuildError.All(errors);
    }

    /// <summary>Code for what is missing: it stops the image and names what was called.</summary>
    internal static AssemblySource Stubs(IReadOnlyCollection<string> undefined)
    {
        StringBuilder text = new("default rel\nextern CosmosMissingSymbol\nsection .text\n");
        foreach (string name in undefined)
        {
            text.Append($"global {name}\nalign 16\n{name}:\n    lea rdi, [name_{name}]\n")
                .Append("    and rsp, -16\n    call CosmosMissingSymbol\n");
        }
        text.Append("section .rodata\n");
        foreach (string name in undefined)
            text.Append($"name_{name}: db '{name}', 0\n");
        return new AssemblySource("missing.asm", Encoding.UTF8.GetBytes(text.ToString()), null);
    }

    private static string Users(IReadOnlyCollection<string> users) =>
        string.Join(", ", users.Take(MostUsers))
        + (users.Count > MostUsers ? $" and {users.Count - MostUsers} more" : "");

    private static bool Covers(string entry, string name) =>
        entry.EndsWith('*')
            ? name.StartsWith(entry[..^1], StringComparison.Ordinal)
            : entry == name;
}
