using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Compile;
using IL2CPU.Image;
using IL2CPU.Link;
using IL2CPU.Plugs;

namespace IL2CPU;

/// <summary>The steps from assemblies to an image.</summary>
public static class Build
{
    /// <summary>Builds an image and, where asked for, its ISO.</summary>
    public static void Run(BuildOptions options)
    {
        Directory.CreateDirectory(options.Output);
        string[] own = [options.Entry, .. options.References];
        using AssemblySet assemblies = new(own, Framework(options));
        PlugApplier plugs = new(assemblies);
        Console.WriteLine($"IL2CPU: {plugs.Apply()} methods plugged");
        string entry = new EntrySynthesizer(assemblies).Write(options);
        IReadOnlyList<string> changed =
            assemblies.WriteChanged(Path.Combine(options.Output, "plugged"));
        string image = Link(options, assemblies, plugs, entry, changed);
        ImageChecks.Check(image);
        if (options.Kind == ImageKind.Program)
            ToolProcess.Run("objcopy", ["--strip-all", image, options.Target]);
        else
            IsoImage.Build(options, image);
    }

    private static string Link(
        BuildOptions options, AssemblySet assemblies, PlugApplier plugs, string entry,
        IReadOnlyList<string> changed)
    {
        List<string> objects =
        [
            IlcCompiler.Compile(options, entry, [.. assemblies.UnchangedPaths, .. changed],
                assemblies.Own.Select(one => one.Name.Name)
                    .Append(EntrySynthesizer.AssemblyName), order: null),
            .. AssemblyCode.Assemble(assemblies, plugs, options),
        ];
        return Linker.Link(options, objects);
    }

    private static IEnumerable<string> Framework(BuildOptions options)
    {
        string root = Path.Combine(options.FrameworkPackage, "runtimes", "linux-x64");
        return Directory.GetFiles(Path.Combine(root, "lib", "net10.0"), "*.dll")
            .Concat(Directory.GetFiles(Path.Combine(root, "native"), "*.dll"));
    }
}
