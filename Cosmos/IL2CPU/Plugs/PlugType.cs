using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>A class of plugs and what it is for.</summary>
internal sealed record PlugType(
    TypeDefinition Type, TypeReference? Target, string TargetName, bool IsOptional,
    bool IsInheritable)
{
    internal static PlugType Read(TypeDefinition type, CustomAttribute attribute)
    {
        object? argument = attribute.ConstructorArguments.FirstOrDefault().Value
            ?? Property(attribute, "Target") ?? Property(attribute, "TargetName");
        PlugType plug = new(
            type, argument as TypeReference, "", Property(attribute, "IsOptional") is true,
            Property(attribute, "Inheritable") is true);
        return argument switch
        {
            TypeReference target => plug with { TargetName = target.FullName },
            string name => plug with { TargetName = name },
            _ => throw new BuildError(
                "IL2CPU014", $"Plug {type.FullName} names no target.", SourcePlace.Of(type)),
        };
    }

    internal TypeDefinition? Resolve(AssemblySet assemblies)
    {
        if (Target != null)
            return Target.Resolve();
        string[] parts = TargetName.Split(',', 2);
        // What may follow the assembly's name, such as a version, is the same for all here.
        return assemblies.FindType(
            parts[0].Trim(), parts.Length > 1 ? parts[1].Split(',')[0].Trim() : null);
    }

    private static object? Property(CustomAttribute attribute, string name) =>
        attribute.Properties.FirstOrDefault(one => one.Name == name).Argument.Value;
}
