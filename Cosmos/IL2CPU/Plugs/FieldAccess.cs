using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IL2CPU.Plugs;

/// <summary>Parameters of a plug that stand for a field of its target.</summary>
internal static class FieldAccess
{
    private const string FieldAccessAttribute = "IL2CPU.API.Attribs.FieldAccess";

    /// <summary>The field that a parameter stands for, or null.</summary>
    internal static string? NameOf(ParameterDefinition parameter) =>
        parameter.CustomAttributes
            .FirstOrDefault(one => one.AttributeType.FullName == FieldAccessAttribute)?
            .Properties.FirstOrDefault(one => one.Name == "Name").Argument.Value as string;

    /// <summary>Loads the field, or for a <c>ref</c> parameter its address.</summary>
    internal static void Load(
        ILProcessor il, MethodDefinition target, ParameterDefinition parameter, string name,
        MethodDefinition plug)
    {
        FieldDefinition field = Find(target.DeclaringType, SimpleName(name), out TypeReference at)
            ?? throw NoField(target, name, plug);
        FieldReference reference = new(
            field.Name, target.Module.ImportReference(field.FieldType, at.Resolve()),
            target.Module.ImportReference(at, target));
        RefuseOtherType(field, parameter, plug);
        // An external field's content is the address already of what it stands for.
        bool address = parameter.ParameterType.IsByReference
            && !IsThroughAddress(field, ValueType(parameter));
        if (field.IsStatic)
        {
            il.Append(il.Create(address ? OpCodes.Ldsflda : OpCodes.Ldsfld, reference));
            return;
        }
        if (!target.HasThis)
        {
            throw new BuildError("IL2CPU019",
                $"{plug.FullName}: {target.FullName} is static and has no object whose field "
                + $"{name} could be meant.", SourcePlace.Of(plug));
        }
        il.Append(il.Create(OpCodes.Ldarg_0));
        il.Append(il.Create(address ? OpCodes.Ldflda : OpCodes.Ldfld, reference));
    }

    // Takes the type off a field's name in the long form, "type owner.name".
    private static string SimpleName(string name)
    {
        string last = name.Split(' ')[^1];
        return last[(last.LastIndexOf('.') + 1)..];
    }

    private static FieldDefinition? Find(
        TypeDefinition type, string name, out TypeReference owner)
    {
        owner = PlugMatch.Instance(type);
        for (TypeReference? at = owner; at != null; at = at.Resolve().BaseType)
        {
            owner = at;
            if (at.Resolve().Fields.FirstOrDefault(one => one.Name == name) is { } field)
                return field;
        }
        return null;
    }

    private static void RefuseOtherType(
        FieldDefinition field, ParameterDefinition parameter, MethodDefinition plug)
    {
        TypeReference given = ValueType(parameter);
        TypeReference wanted = IsThroughAddress(field, given)
            ? ((PointerType)field.FieldType).ElementType
            : field.FieldType;
        if (PlugMatch.StandsFor(given, wanted) || wanted.IsGenericParameter)
            return;
        throw new BuildError("IL2CPU018",
            $"{plug.FullName}: {parameter.Name} is a {given.FullName}, but {field.FullName} is "
            + "not.", SourcePlace.Of(plug));
    }

    private static TypeReference ValueType(ParameterDefinition parameter) =>
        parameter.ParameterType is ByReferenceType reference
            ? reference.ElementType
            : parameter.ParameterType;

    // Who takes an external field as a pointer means the address itself.
    private static bool IsThroughAddress(FieldDefinition field, TypeReference given) =>
        PlugFields.IsExternal(field) && !given.IsPointer;

    private static BuildError NoField(
        MethodDefinition target, string name, MethodDefinition plug) =>
        new("IL2CPU013",
            $"{plug.FullName}: {target.DeclaringType.FullName} has no field {name}. Its fields "
            + "are " + string.Join(", ", target.DeclaringType.Fields.Select(one => one.Name))
            + ".", SourcePlace.Of(plug));
}
