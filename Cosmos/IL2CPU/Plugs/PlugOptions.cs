using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>The options of a plug's method.</summary>
internal sealed record PlugOptions(
    bool IsMarked, bool Enabled, bool IsOptional, bool IsWildcard, bool IsRequired,
    string? Signature, TypeReference? Assembler)
{
    private const string PlugMethodAttribute = "IL2CPU.API.Attribs.PlugMethod";

    internal static PlugOptions Of(MethodDefinition method)
    {
        CustomAttribute? attribute = method.CustomAttributes.FirstOrDefault(
            one => one.AttributeType.FullName == PlugMethodAttribute);
        object? Property(string name) =>
            attribute?.Properties.FirstOrDefault(one => one.Name == name).Argument.Value;
        return new PlugOptions(
            attribute != null, Property("Enabled") is not false, Property("IsOptional") is true,
            Property("IsWildcard") is true, Property("PlugRequired") is true,
            Property("Signature") as string, Property("Assembler") as TypeReference);
    }
}
