using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using IL2CPU.Compile;
using IL2CPU.Elf;

namespace IL2CPU.Link;

/// <summary>Links objects into a position-independent image with GNU ld.</summary>
internal static class Linker
{
    private const string SectionsMark = "INCLUDE_SECTIONS";
    private const string RelocatedMark = "INCLUDE_RELOCATED";

    // A kernel's stub relocates before it protects. The loader of programs fills in addresses only
    // where the program may write, so there they are among the data.
    private const string KernelsRelocated =
        ".data.rel.ro : { *(.data.rel.ro .data.rel.ro.*) } :constants";

    private static readonly string[] _switches =
    [
        "-pie", "--no-dynamic-linker", "-z", "noexecstack", "-z", "norelro", "-z", "text",
        "--eh-frame-hdr", "--hash-style=sysv", "--no-warn-rwx-segments", "--build-id=none",
    ];

    // Defined by the linker's script.
    private static readonly string[] _linkerSymbols =
    [
        "__image_", "__text_", "__managedcode_", "__unbox_", "__rodata_", "__eh_frame_",
        "__rela_", "__data_", "__tdata_", "__tbss_", "__modules_", "__bss_", "__tls_get_addr",
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
        string script = Path.Combine(options.Output, "image.ld");
        File.WriteAllText(script, Script(options.Kind));
        string image = Path.Combine(options.Output, "image.elf");
        try
        {
            ToolProcess.Run("ld",
            [
                .. _switches, "-z", Relocations(options.Kind), "-T", script, "-o", image,
                .. objects, stubs,
            ]);
        }
        catch (ToolFailure failure)
        {
            throw failure.LineByLine("IL2CPU042");
        }
        if (options.Kind == ImageKind.Kernel)
            KernelThreadData.Move(image);
        return image;
    }

    // The compact form is a fifteenth of the size. A kernel's boot stub only knows the plain one.
    private static string Relocations(ImageKind kind) =>
        kind == ImageKind.Program ? "pack-relative-relocs" : "nopack-relative-relocs";

    private static string Script(ImageKind kind) =>
        Resource(kind == ImageKind.Kernel ? "kernel.ld" : "program.ld")
            .Replace(SectionsMark, Resource("sections.ld"))
            .Replace(RelocatedMark, kind == ImageKind.Kernel ? KernelsRelocated : "");

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
