using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using IL2CPU.API;
using Mono.Cecil;

namespace IL2CPU.Plugs;

/// <summary>
/// Plugs whose body is assembly that C# of their own writes: it runs here, during the build, and
/// the plug becomes a call of what it wrote.
/// </summary>
internal sealed partial class AssemblerPlugs(AssemblySet assemblies)
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly HashSet<MethodDefinition> _imported = [];

    /// <summary>What was written, by the name of a file.</summary>
    internal IReadOnlyDictionary<string, string> Texts => _texts;

    internal void Import(MethodDefinition plug, TypeReference assembler)
    {
        if (!_imported.Add(plug))
            return;
        string symbol = $"CosmosPlug{_imported.Count}_"
            + NotInIdentifiers().Replace(plug.DeclaringType.FullName + "_" + plug.Name, "_");
        _texts[symbol + ".asm"] = $"""
            default rel
            section .text
            global {symbol}
            align 16
            {symbol}:
            {Write(assembler, plug)}

            """;
        assemblies.MarkChanged(plug.Module.Assembly);
        plug.Body = null;
        plug.IsIL = true;
        plug.IsInternalCall = true;
        plug.CustomAttributes.Add(ImportOf(plug.Module, symbol));
    }

    private static string Write(TypeReference assembler, MethodDefinition plug)
    {
        TypeDefinition type = assembler.Resolve();
        AssemblyLoadContext context = new(null, isCollectible: true);
        AssemblySet set = (AssemblySet)plug.Module.AssemblyResolver;
        context.Resolving += (loader, name) =>
            set.PathOf(name.Name!) is { } path ? loader.LoadFromAssemblyPath(path) : null;
        try
        {
            Assembly assembly = context.LoadFromAssemblyPath(set.PathOf(type.Module.Assembly)!);
            object? writer = Activator.CreateInstance(
                assembly.GetType(type.FullName.Replace('/', '+'), throwOnError: true)!);
            return (writer as AssemblerMethod
                ?? throw new InvalidCastException($"It is no {nameof(AssemblerMethod)}."))
                .Assemble();
        }
        catch (Exception error) when (error is not BuildError)
        {
            throw new BuildError("IL2CPU027",
                $"The assembler {type.FullName} of {plug.FullName} failed: "
                + (error.InnerException ?? error).Message, SourcePlace.Of(type));
        }
        finally
        {
            context.Unload();
        }
    }

    private CustomAttribute ImportOf(ModuleDefinition module, string symbol)
    {
        // ILC knows it by name, so it may be anyone's.
        TypeDefinition attribute = assemblies.FindType(
            "System.Runtime.RuntimeImportAttribute", assembly: null)!;
        CustomAttribute import = new(module.ImportReference(
            attribute.Methods.First(one => one.IsConstructor && one.Parameters.Count == 2)));
        foreach (string argument in new[] { "*", symbol })
        {
            import.ConstructorArguments.Add(
                new CustomAttributeArgument(module.TypeSystem.String, argument));
        }
        return import;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotInIdentifiers();
}
