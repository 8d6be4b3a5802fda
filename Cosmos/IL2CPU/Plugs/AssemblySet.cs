using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace IL2CPU.Plugs;

/// <summary>
/// The assemblies of a build: those of the project and its references ("own"), and the framework,
/// read when a plug needs it.
/// </summary>
public sealed class AssemblySet : IAssemblyResolver
{
    private const string CoreLibName = "System.Private.CoreLib";

    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition> _read =
        new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<AssemblyDefinition> _changed = [];
    private readonly List<string> _own = [];

    /// <summary>Opens a build's assemblies.</summary>
    /// <param name="own">Paths of the project's assembly and its references.</param>
    /// <param name="framework">Paths of the framework's.</param>
    public AssemblySet(IEnumerable<string> own, IEnumerable<string> framework)
    {
        foreach (string path in framework)
            _paths[Path.GetFileNameWithoutExtension(path)] = path;
        foreach (string path in own)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            _paths[name] = path;
            _own.Add(name);
        }
    }

    /// <summary>How to write an assembly: the same for the same input.</summary>
    internal static WriterParameters Repeatable =>
        new() { DeterministicMvid = true, Timestamp = 0 };

    /// <summary>The project's assembly and its references.</summary>
    public IEnumerable<AssemblyDefinition> Own => _own.Select(Read);

    /// <summary>The names of all assemblies.</summary>
    public IEnumerable<string> Names => _paths.Keys;

    /// <summary>The framework's innermost assembly.</summary>
    public AssemblyDefinition CoreLib => Read(CoreLibName);

    /// <summary>Every path the compiler is to be given, where nothing was changed.</summary>
    public IEnumerable<string> UnchangedPaths => _paths.Values.Where(
        path => !_changed.Any(
            one => string.Equals(one.Name.Name, Path.GetFileNameWithoutExtension(path),
                StringComparison.OrdinalIgnoreCase)));

    /// <summary>Notes that an assembly has to be written anew.</summary>
    public void MarkChanged(AssemblyDefinition assembly) => _changed.Add(assembly);

    /// <summary>Where an assembly was read from; null when there is none of that name.</summary>
    public string? PathOf(string name) => _paths.GetValueOrDefault(name);

    /// <summary>Where an assembly was read from.</summary>
    public string PathOf(AssemblyDefinition assembly) => _paths[assembly.Name.Name];

    /// <summary>Finds an assembly by its simple name.</summary>
    public AssemblyDefinition? Find(string name) =>
        _paths.ContainsKey(name) ? Read(name) : null;

    /// <summary>Finds the types that derive from one, in every assembly that can see it.</summary>
    public IReadOnlyList<TypeDefinition> DerivedFrom(TypeDefinition type)
    {
        // The framework knows none of the build's own types.
        IEnumerable<string> names = _own.Contains(type.Module.Assembly.Name.Name)
            ? _own
            : _paths.Keys;
        return [.. names.Select(Read).SelectMany(one => one.MainModule.GetAllTypes())
            .Where(one => DerivesFrom(one, type))];
    }

    /// <summary>Finds a type by full name in one assembly, or in any when null.</summary>
    public TypeDefinition? FindType(string fullName, string? assembly)
    {
        string name = fullName.Replace('+', '/');
        if (assembly != null)
            return _paths.ContainsKey(assembly) ? FindIn(Read(assembly), name) : null;
        return _own.Append(CoreLibName).Select(Read)
            .Select(one => FindIn(one, name)).FirstOrDefault(type => type != null);
    }

    /// <summary>Writes the changed assemblies into a folder and returns their paths.</summary>
    public IReadOnlyList<string> WriteChanged(string folder)
    {
        Directory.CreateDirectory(folder);
        List<string> written = [];
        foreach (AssemblyDefinition assembly in _changed.OrderBy(one => one.Name.Name))
        {
            RetargetSelfReference(assembly.MainModule);
            string path = Path.Combine(folder, assembly.Name.Name + ".dll");
            assembly.Write(path, Repeatable);
            written.Add(path);
        }
        return written;
    }

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

    private static bool DerivesFrom(TypeDefinition type, TypeDefinition ancestor)
    {
        for (TypeReference? at = type.BaseType; at != null; at = at.Resolve()?.BaseType)
        {
            if (at.Resolve() == ancestor)
                return true;
        }
        return false;
    }

    private static TypeDefinition? FindIn(AssemblyDefinition assembly, string name)
    {
        TypeDefinition? found = assembly.MainModule.GetType(name);
        if (found != null)
            return found;
        ExportedType? forward = assembly.MainModule.ExportedTypes.FirstOrDefault(
            type => type.FullName == name);
        return forward?.Resolve();
    }

    // A call from CoreLib to a plug names CoreLib's types through the plug's references; a module
    // that refers to itself by name confuses the compiler.
    private static void RetargetSelfReference(ModuleDefinition module)
    {
        AssemblyNameReference? self = module.AssemblyReferences.FirstOrDefault(
            one => one.Name == module.Assembly.Name.Name);
        if (self == null)
            return;
        foreach (TypeReference type in module.GetTypeReferences())
        {
            if (type.Scope == self)
                type.Scope = module;
        }
        module.AssemblyReferences.Remove(self);
    }

    private AssemblyDefinition Read(string name)
    {
        if (_read.TryGetValue(name, out AssemblyDefinition? assembly))
            return assembly;
        if (!_paths.TryGetValue(name, out string? path))
            throw new BuildError("IL2CPU001", $"Assembly {name} is referenced but not given.");
        ReaderParameters parameters = new() { AssemblyResolver = this };
        if (_own.Contains(name) && File.Exists(Path.ChangeExtension(path, ".pdb")))
        {
            parameters.ReadSymbols = true;
            parameters.SymbolReaderProvider = new PortablePdbReaderProvider();
        }
        assembly = AssemblyDefinition.ReadAssembly(path, parameters);
        _read.Add(name, assembly);
        return assembly;
    }
}
