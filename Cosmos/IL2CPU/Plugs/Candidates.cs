using System;
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
            .OrderBy(one => Distance(one.Name, name)).ThenBy(one => one.Parameters.Count)
            .Take(Most).Select(one => one.FullName)];
        return near.Length == 0 ? "It has no methods." : "Nearest: " + string.Join("; ", near);
    }

    internal static string OfTypes(AssemblySet assemblies, string name)
    {
        string simple = name.Split(',')[0].Trim();
        string[] near = [.. assemblies.Own
            .SelectMany(one => one.MainModule.GetAllTypes())
            .OrderBy(one => Distance(one.FullName, simple))
            .Take(Most).Select(one => one.FullName)];
        return "Nearest: " + string.Join("; ", near);
    }

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
