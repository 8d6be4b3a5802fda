using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>What the author of a plug that does not apply may have meant.</summary>
internal static class Candidates
{
    private const int Most = 5;

    internal static string OfMethods(TypeDefinition target, MethodDefinition plug)
    {
        string name = PlugMatch.TargetName(plug);
        string[] near = [.. target.Methods
            .OrderBy(one => Distance(one.Name, name))
            .ThenBy(one => Math.Abs(
                one.Parameters.Count + (one.HasThis ? 1 : 0) - PlugMatch.Arguments(plug).Count))
            .Take(Most).Select(one => one.FullName)];
        return near.Length == 0 ? "It has no methods." : "Nearest: " + string.Join("; ", near);
    }

    /// <summary>The types nearest by name in the assembly that a plug names, or in all.</summary>
    internal static string OfTypes(AssemblySet assemblies, string name)
    {
        string[] parts = name.Split(',');
        IEnumerable<AssemblyDefinition> among = parts.Length > 1
            && assemblies.Find(parts[1].Trim()) is { } named
                ? [named]
                : [.. assemblies.Own, assemblies.CoreLib];
        return Nearest(
            among.SelectMany(one => one.MainModule.GetAllTypes()).Select(one => one.FullName),
            parts[0].Trim());
    }

    internal static string Nearest(IEnumerable<string> names, string wanted) =>
        "Nearest: " + string.Join("; ",
            names.OrderBy(one => Distance(one, wanted)).Take(Most)) + ".";

    // Levenshtein's distance, one row at a time.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
