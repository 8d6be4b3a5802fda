using System.Linq;
using Mono.Cecil;

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

    /// <summary>Takes the type off a field's name in the long form, "type owner.name".</summary>
    internal static string SimpleName(string name)
    {
        string last = name.Split(' ')[^1];
        return last[(last.LastIndexOf('.') + 1)..];
    }
}
