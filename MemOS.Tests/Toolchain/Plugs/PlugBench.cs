using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using IL2CPU;
using IL2CPU.API.Attribs;
using IL2CPU.Plugs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace MemOS.Tests.Toolchain.Plugs;

/// <summary>
/// Two small assemblies, Target and Plugs, and what IL2CPU makes of them. The result runs right
/// here, since it is still IL.
/// </summary>
internal sealed class PlugBench : IDisposable
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using IL2CPU.API;
        using IL2CPU.API.Attribs;

        """;

    private readonly string _folder =
        Directory.CreateTempSubdirectory("memos-plugs-").FullName;

    private readonly AssemblyLoadContext _loader = new(null, isCollectible: true);
    private readonly AssemblySet _assemblies;

    /// <summary>Compiles the two assemblies.</summary>
    /// <param name="target">Source of Target.</param>
    /// <param name="plugs">Source of Plugs, which refers to Target.</param>
    /// <param name="resources">Resources of Plugs.</param>
    public PlugBench(
        string target, string plugs, params (string Name, byte[] Data)[] resources)
    {
        string targetPath = Compile("Target", target, [], []);
        string plugsPath = Compile("Plugs", plugs, [targetPath], resources);
        string api = typeof(Plug).Assembly.Location;
        _assemblies = new AssemblySet([plugsPath, targetPath, api], Framework);
        Applier = new PlugApplier(_assemblies);
    }

    /// <summary>What applies the plugs.</summary>
    public PlugApplier Applier { get; }

    /// <summary>What is in the assemblies.</summary>
    public AssemblySet Assemblies => _assemblies;

    private static IEnumerable<string> Framework =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged);

    /// <summary>Applies the plugs, then calls a static method of class Target.Program.</summary>
    public object? Run(string method, params object?[] arguments)
    {
        Applier.Apply();
        string written = Path.Combine(_folder, "written");
        string[] changed = [.. _assemblies.WriteChanged(written)];
        _loader.Resolving += (loader, name) => loader.LoadFromAssemblyPath(
            changed.FirstOrDefault(one => Path.GetFileNameWithoutExtension(one) == name.Name)
            ?? _assemblies.PathOf(name.Name!)!);
        Type type = _loader.LoadFromAssemblyName(new AssemblyName("Target"))
            .GetType("Program", throwOnError: true)!;
        return type.GetMethod(method)!.Invoke(null, arguments);
    }

    /// <summary>The message by which a build that must fail says so.</summary>
    public string Fail(string code)
    {
        BuildError error = Assert.Throws<BuildError>(() => Applier.Apply());
        string message = error.ToBuildMessage();
        Assert.Contains($": error {code}: ", message, StringComparison.Ordinal);
        return message;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _assemblies.Dispose();
        _loader.Unload();
        Directory.Delete(_folder, recursive: true);
    }

    private string Compile(
        string name, string source, string[] references, (string Name, byte[] Data)[] resources)
    {
        IEnumerable<MetadataReference> all = Framework
            .Append(typeof(Plug).Assembly.Location).Concat(references)
            .Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(
                Usings + source, path: $"/src/{name}.cs", encoding: System.Text.Encoding.UTF8)],
            all,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                optimizationLevel: OptimizationLevel.Debug));
        string path = Path.Combine(_folder, name + ".dll");
        using FileStream code = File.Create(path);
        using FileStream symbols = File.Create(Path.ChangeExtension(path, ".pdb"));
        EmitResult result = compilation.Emit(
            code, symbols,
            manifestResources: resources.Select(one => new ResourceDescription(
                one.Name, () => new MemoryStream(one.Data), isPublic: true)),
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    private static bool IsManaged(string path)
    {
        using System.Reflection.PortableExecutable.PEReader reader = new(File.OpenRead(path));
        return reader.HasMetadata;
    }
}
