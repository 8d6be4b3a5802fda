using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IL2CPU.Plugs;

/// <summary>Where something is in its source, if its symbols are there.</summary>
internal static class SourcePlace
{
    internal static string? Of(MethodDefinition method)
    {
        SequencePoint? point = method.DebugInformation.SequencePoints.FirstOrDefault(
            one => !one.IsHidden);
        return point == null
            ? null
            : $"{point.Document.Url}({point.StartLine},{point.StartColumn})";
    }

    /// <summary>A type is where its first method with code is.</summary>
    internal static string? Of(TypeDefinition type) =>
        type.Methods.Select(Of).FirstOrDefault(place => place != null);
}
