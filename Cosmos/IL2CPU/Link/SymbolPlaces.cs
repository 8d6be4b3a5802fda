using System.Collections.Generic;
using System.Linq;
using IL2CPU.Plugs;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Link;

/// <summary>Where C# code says that it needs a native symbol.</summary>
internal static class SymbolPlaces
{
    private const string RuntimeImport = "System.Runtime.RuntimeImportAttribute";

    /// <summary>The place of a method that imports a symbol; null when none is known.</summary>
    internal static string? Find(AssemblySet assemblies, string symbol)
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
