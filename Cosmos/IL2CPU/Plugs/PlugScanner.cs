using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>Finds the plugs that assemblies declare.</summary>
internal static class PlugScanner
{
    private const string PlugAttribute = "IL2CPU.API.Attribs.Plug";

    internal static IEnumerable<PlugType> Find(IEnumerable<AssemblyDefinition> assemblies) =>
        from assembly in assemblies
        from type in assembly.MainModule.GetAllTypes()
        from attribute in type.CustomAttributes
        where attribute.AttributeType.FullName == PlugAttribute
        select PlugType.Read(type, attribute);
}
