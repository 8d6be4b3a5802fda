using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>Adds the fields that plugs want on their targets.</summary>
internal static class PlugFields
{
    private const string PlugFieldAttribute = "IL2CPU.API.Attribs.PlugField";

    // Types whose layout the compiler and the runtime know by heart.
    private static readonly HashSet<string> _fixed =
        ["System.Object", "System.String", "System.Array", "System.Delegate"];

    private static readonly ConditionalWeakTable<FieldDefinition, object> _external = [];

    /// <summary>Whether a field holds the address of its value.</summary>
    internal static bool IsExternal(FieldDefinition field) => _external.TryGetValue(field, out _);

    internal static void Add(PlugType plug, TypeDefinition target, AssemblySet assemblies)
    {
        foreach (CustomAttribute attribute in plug.Type.CustomAttributes.Where(
            one => one.AttributeType.FullName == PlugFieldAttribute))
        {
            target.Fields.Add(Read(attribute, plug, target));
            assemblies.MarkChanged(target.Module.Assembly);
        }
    }

    private static FieldDefinition Read(
        CustomAttribute attribute, PlugType plug, TypeDefinition target)
    {
        object? Property(string name) =>
            attribute.Properties.FirstOrDefault(one => one.Name == name).Argument.Value;
        if (Property("FieldId") is not string name
            || Property("FieldType") is not TypeReference type)
        {
            throw Refusal(plug, "needs a FieldId and a FieldType");
        }
        if (target.Fields.Any(one => one.Name == name))
            throw Refusal(plug, $"adds {name} to {target.FullName}, which has such a field");
        bool isStatic = Property("IsStatic") is true;
        if (!isStatic && HasFixedLayout(target))
            throw Refusal(plug, $"adds {name} to {target.FullName}, whose layout is fixed");
        FieldAttributes attributes = FieldAttributes.Public
            | (isStatic ? FieldAttributes.Static : default);
        TypeReference imported = target.Module.ImportReference(type);
        if (Property("IsExternalValue") is not true)
            return new FieldDefinition(name, attributes, imported);
        FieldDefinition field = new(name, attributes, new PointerType(imported));
        _external.Add(field, field);
        return field;
    }

    private static bool HasFixedLayout(TypeDefinition type) =>
        type.IsExplicitLayout || type.IsPrimitive || type.IsEnum
        || _fixed.Contains(type.FullName);

    private static BuildError Refusal(PlugType plug, string why) =>
        new("IL2CPU023", $"PlugField of {plug.Type.FullName} {why}.", SourcePlace.Of(plug.Type));
}
