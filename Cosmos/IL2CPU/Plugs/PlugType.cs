using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>A class of plugs and what it is for.</summary>
internal sealed record PlugType(
    TypeDefinition Type, TypeReference? Target, string TargetName, bool IsOptional)
{
    internal static PlugType Read(TypeDefinition type, CustomAttribute attribute)
    {
        object? argument = attribute.ConstructorArguments.FirstOrDefault().Value
            ?? Property(attribute, "Target") ?? Property(attribute, "TargetName");
        bool isOptional = Property(attribute, "IsOptional") is true;
        return argument switch
        {
            TypeReference target => new PlugType(type, target, target.FullName, isOptional),
            string name => new PlugType(type, null, name, isOptional),
            _ => throw new BuildError("IL2CPU014", $"Plug {type.FullName} names no target."),
        };
    }

    internal TypeDefinition? Resolve(AssemblySet assemblies)
    {
        if (Target != null)
            return Target.Resolve();
        string[] parts = TargetName.Split(',', 2);
        return assemblies.FindType(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : null);
    }

    private static object? Property(CustomAttribute attribute, string name) =>
        attribute.Properties.FirstOrDefault(one => one.Name == name).Argument.Value;
}
