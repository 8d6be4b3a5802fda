using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Plugs;
using Mono.Cecil;

namespace IL2CPU.Compile;

/// <summary>Assembles the code that C# assemblies carry as resources, and that of plugs.</summary>
internal static class AssemblyCode
{
    internal static IReadOnlyList<string> Assemble(
        AssemblySet assemblies, PlugApplier plugs, BuildOptions options)
    {
        List<string> objects = [];
        foreach (AssemblyDefinition assembly in assemblies.Own)
        {
            foreach (EmbeddedResource resource in assembly.MainModule.Resources
                .OfType<EmbeddedResource>().Where(one => one.Name.EndsWith(".asm")))
            {
                string source = Path.Combine(options.Output, resource.Name);
                File.WriteAllBytes(source, resource.GetResourceData());
                objects.Add(Assemble(source));
            }
        }
        foreach ((string name, string text) in plugs.Assembly)
        {
            string source = Path.Combine(options.Output, name);
            File.WriteAllText(source, text);
            objects.Add(Assemble(source));
        }
        return objects;
    }

    /// <summary>Assembles one file; the object stands beside it.</summary>
    internal static string Assemble(string source)
    {
        string target = Path.ChangeExtension(source, ".asm.o");
        ToolProcess.Run("nasm", ["-f", "elf64", "-o", target, source]);
        return target;
    }
}
