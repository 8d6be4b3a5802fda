using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>Methods and types as text, by which plugs are compared with their targets.</summary>
internal static partial class PlugSignature
{
    /// <summary>The ways to write a method's signature in a plug's option.</summary>
    /// <returns>
    /// "Result Type::Name(Parameters)", and the label that gen2 gave the method: "Result",
    /// two spaces, "Type.Name(Parameters)", with underscores for all that no identifier has.
    /// </returns>
    internal static IReadOnlyList<string> FormsOf(MethodDefinition method)
    {
        string parameters = string.Join(
            ", ", method.Parameters.Select(one => one.ParameterType.FullName));
        string label = $"{method.ReturnType.FullName}  {method.DeclaringType.FullName}."
            + $"{method.Name}({parameters})";
        return [method.FullName, NotInIdentifiers().Replace(label, "_")];
    }

    /// <summary>
    /// A type's name for comparing: without modifiers; any pointer is like another; parameters of
    /// generics go by position, those of the type before those of the method.
    /// </summary>
    internal static string TypeName(TypeReference type) => type switch
    {
        IModifierType modified => TypeName(modified.ElementType),
        PointerType or FunctionPointerType => "*",
        ByReferenceType reference => TypeName(reference.ElementType) + "&",
        ArrayType array => $"{TypeName(array.ElementType)}[{array.Rank}]",
        GenericInstanceType generic => generic.ElementType.FullName + "<"
            + string.Join(",", generic.GenericArguments.Select(TypeName)) + ">",
        GenericParameter parameter => "!" + Position(parameter),
        _ => type.FullName,
    };

    private static int Position(GenericParameter parameter) =>
        parameter.Owner is MethodReference method
            ? parameter.Position + method.DeclaringType.GenericParameters.Count
            : parameter.Position;

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInIdentifiers();
}
