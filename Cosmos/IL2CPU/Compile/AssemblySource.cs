using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using IL2CPU.Plugs;
using Mono.Cecil;

namespace IL2CPU.Compile;

/// <summary>A text for the assembler.</summary>
/// <param name="Name">A file name that no other has.</param>
/// <param name="Text">The text.</param>
/// <param name="Origin">The file that a person wrote, where known.</param>
internal sealed record AssemblySource(string Name, byte[] Text, string? Origin)
{
    private const string Extension = ".asm";

    /// <summary>
    /// Takes the texts that assemblies carry as resources out of them, for no image needs them.
    /// </summary>
    internal static IReadOnlyList<AssemblySource> TakeFrom(AssemblySet assemblies)
    {
        List<AssemblySource> sources = [];
        foreach (AssemblyDefinition assembly in assemblies.Own)
        {
            EmbeddedResource[] texts = [.. assembly.MainModule.Resources
                .OfType<EmbeddedResource>()
                .Where(one => one.Name.EndsWith(Extension, StringComparison.Ordinal))];
            foreach (EmbeddedResource text in texts)
            {
                byte[] data = text.GetResourceData();
                sources.Add(new AssemblySource(
                    text.Name, data, FindOrigin(assembly, text.Name, data)));
                assembly.MainModule.Resources.Remove(text);
                assemblies.MarkChanged(assembly);
            }
        }
        return sources;
    }

    /// <summary>The texts that plugs' assemblers wrote.</summary>
    internal static IEnumerable<AssemblySource> Of(PlugApplier plugs) =>
        plugs.Assembly.Select(
            one => new AssemblySource(one.Key, Encoding.UTF8.GetBytes(one.Value), null));

    // A resource's name is its path with dots, beginning anywhere; the assembly's symbols say where
    // C# files are, of which one is in the same folder or below a common one.
    private static string? FindOrigin(AssemblyDefinition assembly, string name, byte[] data)
    {
        string[] parts = name[..^Extension.Length].Split('.');
        IEnumerable<string> folders = assembly.MainModule.Types
            .SelectMany(type => type.Methods)
            .SelectMany(method => method.DebugInformation.SequencePoints.Take(1))
            .Select(point => Path.GetDirectoryName(point.Document.Url)!).Distinct()
            .SelectMany(Ancestors).Distinct();
        foreach (string folder in folders)
        {
            for (int first = 0; first < parts.Length; first++)
            {
                string path = Path.Combine([folder, .. parts[first..]]) + Extension;
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(data))
                    return path;
            }
        }
        return null;
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (string? at = folder; at != null; at = Path.GetDirectoryName(at))
            yield return at;
    }
}
