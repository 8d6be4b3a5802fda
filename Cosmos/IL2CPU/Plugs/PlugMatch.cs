using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>Decides whether a method is the one that a plug is for.</summary>
internal static class PlugMatch
{
    internal static bool Matches(
        MethodDefinition plug, MethodDefinition target, PlugOptions options)
    {
        if (options.Signature != null)
            return target.FullName == options.Signature;
        if (TargetName(plug) != target.Name
            || plug.GenericParameters.Count != target.GenericParameters.Count)
            return false;
        if (options.IsWildcard)
            return true;
        List<string> wanted = [.. target.Parameters.Select(one => TypeName(one.ParameterType))];
        List<string> given = [.. plug.Parameters.Where(one => FieldAccess.NameOf(one) == null)
            .Select(one => TypeName(one.ParameterType))];
        if (target.HasThis)
        {
            if (given.Count == 0)
                return false;
            given.RemoveAt(0);
        }
        return given.SequenceEqual(wanted)
            && TypeName(plug.ReturnType) == TypeName(target.ReturnType);
    }

    /// <summary>The name that a plug's target has in IL.</summary>
    internal static string TargetName(MethodDefinition plug) => plug.Name switch
    {
        "Ctor" => ".ctor",
        "CCtor" => ".cctor",
        _ => plug.Name,
    };

    // A plug can't name an internal type: object stands for any class, void* for any pointer,
    // and the rest is compared by full name without modifiers.
    private static string TypeName(TypeReference type)
    {
        if (type is IModifierType modified)
            return TypeName(modified.ElementType);
        return type.IsPointer ? "*" : type.FullName;
    }
}
