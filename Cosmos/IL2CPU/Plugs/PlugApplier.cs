using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>
/// Applies plugs: the body of each plugged method becomes a call of its plug, which stays where it
/// was compiled. ILC does not check accessibility, so plugs reach internal types.
/// </summary>
public sealed class PlugApplier(AssemblySet assemblies)
{
    private readonly Dictionary<MethodDefinition, MethodDefinition> _applied = [];
    private readonly AssemblerPlugs _assembler = new(assemblies);

    /// <summary>Assembly code of plugs, for nasm, by the name of a file.</summary>
    public IReadOnlyDictionary<string, string> Assembly => _assembler.Texts;

    /// <summary>Applies every plug of every assembly of the build.</summary>
    /// <returns>The number of methods replaced.</returns>
    /// <exception cref="BuildError">A plug does not apply, or one is missing.</exception>
    public int Apply()
    {
        PlugType[] plugs = [.. PlugScanner.Find(assemblies.Own)];
        foreach (PlugType plug in plugs)
            Apply(plug);
        ResourceFields.Fill(assemblies);
        RequiredPlugs.Check(
            assemblies, _applied.Keys.ToHashSet(), plugs.Select(one => one.Type).ToHashSet());
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
                + Candidates.OfTypes(assemblies, plug.TargetName), SourcePlace.Of(plug.Type));
        }
        PlugFields.Add(plug, target, assemblies);
        TypeDefinition[] types = plug.IsInheritable
            ? [target, .. assemblies.DerivedFrom(target)]
            : [target];
        foreach (MethodDefinition method in plug.Type.Methods)
        {
            PlugOptions options = PlugOptions.Of(method);
            if (method.IsConstructor || !options.Enabled)
                continue;
            // What is not public and not marked only helps the plugs.
            if (method.IsPublic || options.IsMarked)
                Apply(plug, types, method, options);
        }
    }

    private void Apply(
        PlugType plug, TypeDefinition[] types, MethodDefinition method, PlugOptions options)
    {
        if (!method.IsStatic)
        {
            throw new BuildError("IL2CPU015",
                $"Plug {plug.Type.FullName}.{method.Name} is not static: it takes its object as "
                + "its first parameter, aThis.", SourcePlace.Of(method));
        }
        bool applies = false;
        foreach (TypeDefinition type in types)
        {
            IReadOnlyList<MethodDefinition> found = PlugMatch.Find(method, type, options);
            RefuseSeveral(found, method, options);
            foreach (MethodDefinition target in found)
                Replace(target, method, options);
            applies |= found.Count > 0;
        }
        if (!applies && !options.IsOptional && !plug.IsOptional)
        {
            throw new BuildError("IL2CPU011",
                $"Plug {plug.Type.FullName}.{method.Name} applies to no method of "
                + $"{types[0].FullName}. {Candidates.OfMethods(types[0], method)}",
                SourcePlace.Of(method));
        }
    }

    private static void RefuseSeveral(
        IReadOnlyList<MethodDefinition> found, MethodDefinition plug, PlugOptions options)
    {
        if (found.Count <= 1 || options.IsWildcard)
            return;
        throw new BuildError("IL2CPU016",
            $"Plug {plug.FullName} could be for each of {string.Join("; ", found)}. "
            + "PlugMethod.Signature says which.", SourcePlace.Of(plug));
    }

    private void Replace(MethodDefinition target, MethodDefinition plug, PlugOptions options)
    {
        if (_applied.TryGetValue(target, out MethodDefinition? other))
        {
            throw new BuildError("IL2CPU012",
                $"{target.FullName} has two plugs: {other.FullName} and {plug.FullName}.",
                SourcePlace.Of(plug));
        }
        if (options.Assembler != null)
            _assembler.Import(plug, options.Assembler);
        _applied.Add(target, plug);
        assemblies.MarkChanged(target.Module.Assembly);
        PlugBody.Replace(target, plug);
    }
}
