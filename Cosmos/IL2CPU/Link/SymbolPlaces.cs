using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IL2CPU.Compile;
using IL2CPU.Plugs;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Link;

/// <summary>Where code that people write says that it needs a native symbol.</summary>
internal static class SymbolPlaces
{
    private const string RuntimeImport = "System.Runtime.RuntimeImportAttribute";

    /// <summary>The place that imports a symbol; null when none is known.</summary>
    internal static string? Find(
        AssemblySet assemblies, IEnumerable<AssemblySource> sources, string symbol) =>
        InMethods(assemblies, symbol)
        ?? sources.Select(one => InText(one, symbol)).FirstOrDefault(place => place != null);

    private static string? InText(AssemblySource source, string symbol)
    {
        if (source.Origin == null)
            return null;
        string[] lines = Encoding.UTF8.GetString(source.Text).Split('\n');
        int line = Array.FindIndex(lines, one => Words(one) is ["extern", .. string[] names]
            && names.Contains(symbol));
        return line < 0 ? null : $"{source.Origin}({line + 1})";
    }

    private static string[] Words(string line) =>
        line.Split(';')[0].Split([' ', '\t', ',', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string? InMethods(AssemblySet assemblies, string symbol)
    {
        MethodDefinition? method = assemblies.Own
            .SelectMany(one => one.MainModule.GetAllTypes()).SelectMany(one => one.Methods)
            .FirstOrDefault(one => Imports(one).Contains(symbol));
        return method == null
            ? null
            : SourcePlace.Of(method) ?? SourcePlace.Of(method.DeclaringType);
    }

    private static IEnumerable<string> Imports(MethodDefinition method)
    {
        if (method.IsPInvokeImpl)
            yield return method.PInvokeInfo.EntryPoint;
        foreach (CustomAttribute one in method.CustomAttributes)
        {
            if (one.AttributeType.FullName == RuntimeImport)
                yield return (string)one.ConstructorArguments[^1].Value;
        }
    }
}
