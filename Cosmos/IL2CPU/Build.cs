using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using IL2CPU.Compile;
using IL2CPU.Elf;
using IL2CPU.Image;
using IL2CPU.Link;
using IL2CPU.Order;
using IL2CPU.Plugs;

namespace IL2CPU;

/// <summary>The steps from assemblies to an image.</summary>
public static class Build
{
    /// <summary>Builds an image and, where asked for, its ISO.</summary>
    /// <exception cref="BuildError">Something has to be changed first.</exception>
    public static void Run(BuildOptions options)
    {
        Directory.CreateDirectory(options.Output);
        using AssemblySet assemblies =
            new([options.Entry, .. options.References], Framework(options));
        ulong seed = options.Seed ?? RandomOrder.NewSeed();
        Lazy<IReadOnlyList<AssemblySource>> sources =
            new(() => AssemblySource.TakeFrom(assemblies));
        IReadOnlyList<string> compiled = Compile(options, assemblies, sources);
        string image = Link(options, compiled, new(seed),
            symbol => SymbolPlaces.Find(assemblies, sources.Value, symbol));
        ElfFile linked = ElfReader.Read(image);
        ImageChecks.Check(linked);
        ImageSizes sizes = ImageSizes.Of(linked, assemblies.Names);
        sizes.Write(Path.Combine(options.Output, "sizes.txt"));
        Directory.CreateDirectory(Path.GetDirectoryName(options.Target)!);
        if (options.Kind == ImageKind.Program)
            ToolProcess.Run("objcopy", ["--strip-all", image, options.Target]);
        else
            IsoImage.Build(options, image, linked);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(options.Target)}: {sizes.Summary()} (seed {seed})"));
    }

    // Plugs, the compiler and the assembler: what does not change from one order to another.
    private static IReadOnlyList<string> Compile(
        BuildOptions options, AssemblySet assemblies,
        Lazy<IReadOnlyList<AssemblySource>> sources)
    {
        StepCache cache = new(Path.Combine(options.Output, "compiled.txt"));
        string key = StepCache.Key(
            [options.Kind.ToString(), options.IlcPackage, options.FrameworkPackage],
            [Assembly.GetExecutingAssembly().Location, options.Entry, .. options.References]);
        if (cache.Find(key) is { } known)
            return known;
        cache.Clear();
        if (SharedCache.OfEnvironment.TryTake(key, options.Output) is { } shared)
        {
            cache.Store(key, shared);
            return shared;
        }
        PlugApplier plugs = new(assemblies);
        plugs.Apply();
        AssemblySource[] texts = [.. sources.Value, .. AssemblySource.Of(plugs)];
        string entry = new EntrySynthesizer(assemblies).Write(options);
        IReadOnlyList<string> changed =
            assemblies.WriteChanged(Path.Combine(options.Output, "plugged"));
        string[] objects =
        [
            IlcCompiler.Compile(options, entry, [.. assemblies.UnchangedPaths, .. changed],
                assemblies.Own.Select(one => one.Name.Name)
                    .Append(EntrySynthesizer.AssemblyName)),
            .. texts.Select(one => Assembler.Assemble(one, options.Output)),
        ];
        cache.Store(key, objects);
        SharedCache.OfEnvironment.Put(key, objects);
        return objects;
    }

    private static string Link(
        BuildOptions options, IReadOnlyList<string> compiled, RandomOrder order,
        Func<string, string?> placeOf)
    {
        ElfFile code = ElfReader.Read(compiled[0]);
        FunctionShuffle.Apply(code, order);
        string shuffled = Path.Combine(options.Output, "shuffled.o");
        ElfWriter.Write(code, shuffled);
        string[] objects = [shuffled, .. compiled.Skip(1)];
        order.Shuffle(objects.AsSpan());
        return Linker.Link(options, objects, placeOf);
    }

    private static IEnumerable<string> Framework(BuildOptions options)
    {
        string root = Path.Combine(options.FrameworkPackage, "runtimes", "linux-x64");
        return Directory.GetFiles(Path.Combine(root, "lib", "net10.0"), "*.dll")
            .Concat(Directory.GetFiles(Path.Combine(root, "native"), "*.dll"))
            .Order(StringComparer.Ordinal);
    }
}
