using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>Methods that are nothing without a plug: they are marked with PlugRequired.</summary>
internal static class RequiredPlugs
{
    /// <exception cref="BuildError">One of them was not replaced.</exception>
    internal static void Check(
        AssemblySet assemblies, HashSet<MethodDefinition> applied, HashSet<TypeDefinition> plugs)
    {
        MethodDefinition? missing = assemblies.Own
            .SelectMany(one => one.MainModule.GetAllTypes())
            .Where(type => !plugs.Contains(type))
            .SelectMany(type => type.Methods)
            .FirstOrDefault(one => PlugOptions.Of(one).IsRequired && !applied.Contains(one));
        if (missing == null)
            return;
        throw new BuildError("IL2CPU024",
            $"{missing.FullName} must be plugged, and no assembly of the build does it.",
            SourcePlace.Of(missing));
    }
}
