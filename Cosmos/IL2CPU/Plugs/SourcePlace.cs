using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IL2CPU.Plugs;

/// <summary>Where a method is in its source, if its symbols are there.</summary>
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
}
