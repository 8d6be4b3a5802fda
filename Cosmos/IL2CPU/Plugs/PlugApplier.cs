using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>
/// Applies plugs: the body of each plugged method becomes a call of its plug, which stays where it
/// was compiled. ILC does not check accessibility, so plugs reach internal types.
/// </summary>
public sealed class PlugApplier(AssemblySet assemblies)
{
    private readonly Dictionary<MethodDefinition, MethodDefinition> _applied = [];

    /// <summary>Applies every plug of every assembly of the build.</summary>
    /// <returns>The number of methods replaced.</returns>
    public int Apply()
    {
        foreach (PlugType plug in PlugScanner.Find(assemblies.Own))
            Apply(plug);
        return _applied.Count;
    }

    private void Apply(PlugType plug)
    {
        TypeDefinition? target = plug.Resolve(assemblies);
        if (target == null)
        {
            if (plug.IsOptional)
                return;
            throw new BuildError("IL2CPU010",
                $"Plug {plug.Type.FullName}: there is no type {plug.TargetName}. "
                + Candidates.OfTypes(assemblies, plug.TargetName));
        }
        foreach (MethodDefinition method in plug.Type.Methods)
        {
            PlugOptions options = PlugOptions.Of(method);
            if (method.IsConstructor || !method.IsStatic || !method.IsPublic || !options.Enabled)
                continue;
            ApplyMethod(plug, target, method, options);
        }
    }

    private void ApplyMethod(
        PlugType plug, TypeDefinition target, MethodDefinition method, PlugOptions options)
    {
        List<MethodDefinition> found = [.. target.Methods.Where(
            candidate => PlugMatch.Matches(method, candidate, options))];
        if (found.Count == 0 && !options.IsOptional && !plug.IsOptional)
        {
            throw new BuildError("IL2CPU011",
                $"Plug {plug.Type.FullName}.{method.Name} applies to no method of "
                + $"{target.FullName}. {Candidates.OfMethods(target, method)}",
                SourcePlace.Of(method));
        }
        foreach (MethodDefinition candidate in found)
            Replace(candidate, method);
    }

    private void Replace(MethodDefinition target, MethodDefinition plug)
    {
        if (_applied.TryGetValue(target, out MethodDefinition? other))
        {
            throw new BuildError("IL2CPU012",
                $"{target.FullName} has two plugs: {other.FullName} and {plug.FullName}.",
                SourcePlace.Of(plug));
        }
        _applied.Add(target, plug);
        ModuleDefinition module = target.Module;
        assemblies.MarkChanged(module.Assembly);
        target.IsPInvokeImpl = false;
        target.IsInternalCall = false;
        target.IsRuntime = false;
        target.IsAbstract = false;
        target.IsIL = true;
        RemoveCompilerHints(target);
        target.Body = new MethodBody(target);
        Emit(target, plug, module);
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

    private static void Emit(
        MethodDefinition target, MethodDefinition plug, ModuleDefinition module)
    {
        ILProcessor il = target.Body.GetILProcessor();
        int next = 0;
        foreach (ParameterDefinition parameter in plug.Parameters)
        {
            if (FieldAccess.NameOf(parameter) is { } field)
            {
                EmitField(il, target, parameter, field, plug);
                continue;
            }
            il.Append(il.Create(OpCodes.Ldarg, ArgumentAt(target, next++)));
        }
        MethodReference call = module.ImportReference(plug);
        if (plug.HasGenericParameters)
        {
            GenericInstanceMethod instance = new(call);
            foreach (GenericParameter parameter in target.GenericParameters)
                instance.GenericArguments.Add(parameter);
            call = instance;
        }
        il.Append(il.Create(OpCodes.Call, call));
        il.Append(il.Create(OpCodes.Ret));
        target.Body.Optimize();
    }

    private static void EmitField(
        ILProcessor il, MethodDefinition target, ParameterDefinition parameter, string name,
        MethodDefinition plug)
    {
        FieldDefinition? field = target.DeclaringType.Fields.FirstOrDefault(
            candidate => candidate.Name == FieldAccess.SimpleName(name));
        if (field == null)
        {
            throw new BuildError("IL2CPU013",
                $"{plug.FullName}: {target.DeclaringType.FullName} has no field {name}. Its "
                + "fields are "
                + string.Join(", ", target.DeclaringType.Fields.Select(one => one.Name)) + ".",
                SourcePlace.Of(plug));
        }
        bool byReference = parameter.ParameterType.IsByReference;
        if (field.IsStatic)
        {
            il.Append(il.Create(byReference ? OpCodes.Ldsflda : OpCodes.Ldsfld, field));
            return;
        }
        il.Append(il.Create(OpCodes.Ldarg_0));
        il.Append(il.Create(byReference ? OpCodes.Ldflda : OpCodes.Ldfld, field));
    }

    private static ParameterDefinition ArgumentAt(MethodDefinition target, int index)
    {
        if (!target.HasThis)
            return target.Parameters[index];
        return index == 0 ? target.Body.ThisParameter : target.Parameters[index - 1];
    }
}
