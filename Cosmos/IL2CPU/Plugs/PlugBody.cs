using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>Writes the body of a plugged method: it calls the plug.</summary>
internal static class PlugBody
{
    internal static void Replace(MethodDefinition target, MethodDefinition plug)
    {
        target.IsPInvokeImpl = false;
        target.IsInternalCall = false;
        target.IsRuntime = false;
        target.IsAbstract = false;
        target.IsIL = true;
        RemoveCompilerHints(target);
        target.Body = new MethodBody(target);
        ILProcessor il = target.Body.GetILProcessor();
        LoadArguments(il, target, plug);
        il.Append(il.Create(OpCodes.Call, Call(target, plug)));
        il.Append(il.Create(OpCodes.Ret));
        target.Body.Optimize();
    }

    // These make the compiler or the linker supply a body of their own.
    private static void RemoveCompilerHints(MethodDefinition target)
    {
        foreach (CustomAttribute attribute in target.CustomAttributes.ToArray())
        {
            if (attribute.AttributeType.Name is "IntrinsicAttribute" or "RuntimeImportAttribute")
                target.CustomAttributes.Remove(attribute);
        }
    }

    // A wildcard's plug may leave out arguments at the end.
    private static void LoadArguments(
        ILProcessor il, MethodDefinition target, MethodDefinition plug)
    {
        ParameterDefinition[] arguments = target.HasThis
            ? [target.Body.ThisParameter, .. target.Parameters]
            : [.. target.Parameters];
        int next = 0;
        foreach (ParameterDefinition parameter in plug.Parameters)
        {
            if (FieldAccess.NameOf(parameter) is { } field)
            {
                FieldAccess.Load(il, target, parameter, field, plug);
                continue;
            }
            if (next == arguments.Length || !Fits(parameter, target, next))
                throw Misfit(target, plug);
            il.Append(il.Create(OpCodes.Ldarg, arguments[next++]));
        }
        if (!PlugMatch.StandsFor(plug.ReturnType, target.ReturnType))
            throw Misfit(target, plug);
    }

    private static bool Fits(ParameterDefinition parameter, MethodDefinition target, int index)
    {
        if (!target.HasThis)
            return PlugMatch.StandsFor(
                parameter.ParameterType, target.Parameters[index].ParameterType);
        return index == 0
            ? PlugMatch.HoldsInstance(parameter.ParameterType, target.DeclaringType)
            : PlugMatch.StandsFor(
                parameter.ParameterType, target.Parameters[index - 1].ParameterType);
    }

    private static BuildError Misfit(MethodDefinition target, MethodDefinition plug) =>
        new("IL2CPU017",
            $"Plug {plug.FullName} can't be called with the arguments of {target.FullName}, or "
            + "does not return its result.", SourcePlace.Of(plug));

    private static MethodReference Call(MethodDefinition target, MethodDefinition plug)
    {
        MethodReference call = target.Module.ImportReference(plug);
        if (!plug.HasGenericParameters)
            return call;
        IEnumerable<GenericParameter> parameters =
            target.DeclaringType.GenericParameters.Concat(target.GenericParameters);
        GenericInstanceMethod instance = new(call);
        foreach (GenericParameter parameter in parameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }
}
