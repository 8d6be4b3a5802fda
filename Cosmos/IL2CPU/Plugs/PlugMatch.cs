using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>Decides which methods a plug is for.</summary>
internal static class PlugMatch
{
    /// <summary>Finds the methods of a type that a plug is for.</summary>
    /// <remarks>
    /// A plug can't name an internal type, so object may stand for any class: but only where no
    /// method has exactly the plug's signature.
    /// </remarks>
    internal static IReadOnlyList<MethodDefinition> Find(
        MethodDefinition plug, TypeDefinition target, PlugOptions options)
    {
        if (options.Signature != null)
        {
            return [.. target.Methods.Where(
                one => PlugSignature.FormsOf(one).Contains(options.Signature))];
        }
        MethodDefinition[] named =
            [.. target.Methods.Where(one => one.Name == TargetName(plug))];
        if (options.IsWildcard)
            return named;
        MethodDefinition[] exact = [.. named.Where(one => Matches(plug, one, IsSame))];
        return exact.Length > 0
            ? exact
            : [.. named.Where(one => Matches(plug, one, StandsFor))];
    }

    /// <summary>The name that a plug's target has in IL.</summary>
    internal static string TargetName(MethodDefinition plug) => plug.Name switch
    {
        "Ctor" => ".ctor",
        "CCtor" => ".cctor",
        _ => plug.Name,
    };

    /// <summary>The parameters of a plug that are given the target's arguments.</summary>
    internal static IReadOnlyList<ParameterDefinition> Arguments(MethodDefinition plug) =>
        [.. plug.Parameters.Where(one => FieldAccess.NameOf(one) == null)];

    /// <summary>Whether a plug's type is the target's, or may stand for it.</summary>
    internal static bool StandsFor(TypeReference given, TypeReference wanted) =>
        IsSame(given, wanted)
        || (IsObject(given) && !wanted.IsValueType && !wanted.IsByReference
            && !wanted.IsPointer && !wanted.IsGenericParameter);

    /// <summary>Whether a plug's first parameter can hold an instance method's object.</summary>
    internal static bool HoldsInstance(TypeReference given, TypeDefinition type)
    {
        if (given.IsPointer)
            return true;
        string name = PlugSignature.TypeName(given);
        if (type.IsValueType)
            return name == PlugSignature.TypeName(Instance(type)) + "&";
        for (TypeReference? at = Instance(type); at != null; at = at.Resolve()?.BaseType)
        {
            if (PlugSignature.TypeName(at) == name)
                return true;
        }
        return IsObject(given);
    }

    /// <summary>A type as it sees itself: with its own parameters, if it has any.</summary>
    internal static TypeReference Instance(TypeDefinition type)
    {
        if (!type.HasGenericParameters)
            return type;
        GenericInstanceType instance = new(type);
        foreach (GenericParameter parameter in type.GenericParameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }

    private static bool Matches(
        MethodDefinition plug, MethodDefinition target,
        Func<TypeReference, TypeReference, bool> accepts)
    {
        // The parameters of a generic type come first among those of the plug's method.
        int generic = target.DeclaringType.GenericParameters.Count
            + target.GenericParameters.Count;
        ParameterDefinition[] given = [.. Arguments(plug)];
        if (plug.GenericParameters.Count != generic)
            return false;
        if (target.HasThis)
        {
            if (given.Length == 0
                || !HoldsInstance(given[0].ParameterType, target.DeclaringType))
                return false;
            given = given[1..];
        }
        return given.Length == target.Parameters.Count
            && given.Zip(target.Parameters).All(
                pair => accepts(pair.First.ParameterType, pair.Second.ParameterType))
            && accepts(plug.ReturnType, target.ReturnType);
    }

    private static bool IsSame(TypeReference given, TypeReference wanted) =>
        PlugSignature.TypeName(given) == PlugSignature.TypeName(wanted);

    private static bool IsObject(TypeReference type) => type.FullName == "System.Object";
}
