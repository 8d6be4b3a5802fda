using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// The kernel's assemblies as they were built, and those of the framework that they name. Each is
/// read once, so that a method has one definition whoever calls it.
/// </summary>
internal sealed class KernelAssemblies : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _read = [];
    private readonly string[] _folders =
        [Newest(), Path.GetDirectoryName(typeof(object).Assembly.Location)!];

    /// <summary>An assembly of the kernel.</summary>
    public ModuleDefinition Module(string name) => Read(name).MainModule;

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name) => Read(name.Name);

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) =>
        Read(name.Name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _read.Values)
            assembly.Dispose();
    }

    private static string Newest()
    {
        string bin = Path.Combine(Repository.Root, "MemOS", "Kernel", "bin");
        return Path.GetDirectoryName(
            Directory.GetFiles(bin, "MemOS.Kernel.dll", SearchOption.AllDirectories)
                .OrderByDescending(File.GetLastWriteTimeUtc).First())!;
    }

    private AssemblyDefinition Read(string name)
    {
        if (_read.TryGetValue(name, out AssemblyDefinition? assembly))
            return assembly;
        string? path = Array.Find(
            Array.ConvertAll(_folders, folder => Path.Combine(folder, name + ".dll")),
            File.Exists);
        assembly = AssemblyDefinition.ReadAssembly(
            path ?? throw new FileNotFoundException(name),
            new ReaderParameters { AssemblyResolver = this });
        _read.Add(name, assembly);
        return assembly;
    }
}
