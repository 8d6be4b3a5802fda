using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using IL2CPU.Compile;
using IL2CPU.Elf;
using IL2CPU.Placement;

namespace IL2CPU.Link;

/// <summary>Links objects into a position-independent image with GNU ld.</summary>
internal static class Linker
{
    private const string SectionsMark = "INCLUDE_SECTIONS";
    private const string RelocatedMark = "INCLUDE_RELOCATED";

    private const string ScriptName = "image.ld";
    private const string KeepRelocations = "--emit-relocs";
    private const string PlacementName = "placement.asm";
    private const string PlacementSection = "section .boot.placement progbits alloc align=8\n";

    // A kernel's stub relocates before it protects. The loader of programs fills in addresses only
    // where the program may write, so there they are among the data.
    private const string KernelsRelocated =
        ".data.rel.ro : { *(.data.rel.ro .data.rel.ro.*) } :constants";

    private const string FilledMark = "INCLUDE_FILLED";
    private const string KernelsFilled = """
        .hydrated :
        {
            __hydrated_start = .;
            *(.hydrated)
            . = ALIGN(4096);
            __hydrated_end = .;
        } :data
        """;

    private static readonly string[] _switches =
    [
        "-pie", "--no-dynamic-linker", "-z", "noexecstack", "-z", "norelro", "-z", "text",
        "--eh-frame-hdr", "--hash-style=sysv", "--no-warn-rwx-segments", "--build-id=none",
        "-z", "pack-relative-relocs",
    ];

    // Defined by the linker's script.
    private static readonly string[] _linkerSymbols =
    [
        "__image_", "__text_", "__managedcode_", "__unbox_", "__rodata_", "__eh_frame_",
        "__rela_", "__data_", "__tdata_", "__tbss_", "__modules_", "__bss_", "__tls_get_addr",
        "__hydrated_", "__types_",
    ];

    /// <summary>Links an image.</summary>
    /// <param name="options">The build.</param>
    /// <param name="objects">Paths of the objects, in the order of their code.</param>
    /// <param name="placeOf">Says where a symbol is asked for, if it knows.</param>
    /// <returns>The path of the ELF file.</returns>
    /// <exception cref="BuildError">A symbol is missing, or there twice.</exception>
    internal static string Link(
        BuildOptions options, IReadOnlyCollection<string> objects, Func<string, string?> placeOf)
    {
        ElfFile[] read = [.. objects.Select(ElfReader.Read)];
        Dictionary<string, IReadOnlyCollection<string>> undefined = UndefinedSymbols.Find(read)
            .Where(one => !_linkerSymbols.Any(
                prefix => one.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary();
        MissingSymbols.Check(undefined, placeOf);
        string stubs = Assembler.Assemble(MissingSymbols.Stubs(undefined.Keys), options.Output);
        string[] all = [.. objects, stubs];
        File.WriteAllText(Path.Combine(options.Output, ScriptName), Script(options.Kind));
        string image = Path.Combine(options.Output, "image.elf");
        if (options.Kind == ImageKind.Program)
            Run(options, image, all);
        else
            LinkKernel(options, image, read, all);
        return image;
    }

    // The table of what refers to what is a part of the image that it is made from. It lies in
    // front of all that it tells of, and counts from there, so it stays true of the second image.
    private static void LinkKernel(
        BuildOptions options, string image, ElfFile[] files, string[] objects)
    {
        string[] switches =
        [
            KeepRelocations,
            $"--defsym=__types_start=__hydrated_start+{TypeData.ConstantFrom(files)}",
        ];
        Run(options, image, [.. switches, .. objects, AssemblePlacement(options, "")]);
        byte[] table = PlacementTable.Of(ElfReader.Read(image));
        string path = Path.Combine(options.Output, "placement.bin");
        File.WriteAllBytes(path, table);
        string placement = AssemblePlacement(options, $"incbin \"{path}\"\n");
        Run(options, image, [.. switches, .. objects, placement]);
        if (!PlacementTable.Of(ElfReader.Read(image)).AsSpan().SequenceEqual(table))
            throw new InvalidDataException("The image is another than its placement tells of.");
        KernelThreadData.Move(image);
    }

    private static string AssemblePlacement(BuildOptions options, string table) =>
        Assembler.Assemble(
            new AssemblySource(
                PlacementName, Encoding.UTF8.GetBytes(PlacementSection + table), null),
            options.Output);

    private static void Run(BuildOptions options, string image, string[] objects)
    {
        string script = Path.Combine(options.Output, ScriptName);
        try
        {
            ToolProcess.Run("ld", [.. _switches, "-T", script, "-o", image, .. objects]);
        }
        catch (ToolFailure failure)
        {
            throw failure.LineByLine("IL2CPU042");
        }
    }

    private static string Script(ImageKind kind) =>
        Resource(kind == ImageKind.Kernel ? "kernel.ld" : "program.ld")
            .Replace(SectionsMark, Resource("sections.ld"))
            .Replace(RelocatedMark, kind == ImageKind.Kernel ? KernelsRelocated : "")
            .Replace(FilledMark, kind == ImageKind.Kernel ? KernelsFilled : "");

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
