using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using IL2CPU.Compile;

namespace IL2CPU.Link;

/// <summary>Links objects into a position-independent image with GNU ld.</summary>
internal static class Linker
{
    private const string SectionsMark = "INCLUDE_SECTIONS";

    private static readonly string[] _linkerSymbols =
    [
        "__image_", "__text_", "__managedcode_", "__unbox_", "__rodata_", "__eh_frame_",
        "__rela_", "__data_", "__tdata_", "__tbss_", "__modules_", "__bss_", "__tls_get_addr",
    ];

    /// <summary>Links an image.</summary>
    /// <returns>The path of the ELF file.</returns>
    internal static string Link(BuildOptions options, IReadOnlyCollection<string> objects)
    {
        string joined = Path.Combine(options.Output, "joined.o");
        ToolProcess.Run("ld", ["-r", "-z", "noexecstack", "-o", joined, .. objects]);
        string stubs = Path.Combine(options.Output, "missing.asm");
        MissingSymbols.WriteStubs(Undefined(joined), stubs);
        string script = Path.Combine(options.Output, "image.ld");
        File.WriteAllText(script, Script(options.Kind));
        string image = Path.Combine(options.Output, "image.elf");
        ToolProcess.Run("ld",
        [
            "-pie", "--no-dynamic-linker", "-z", "noexecstack", "-z", "norelro", "-z", "text",
            "--eh-frame-hdr", "--hash-style=sysv", "--no-warn-rwx-segments",
            "-T", script, "-o", image, joined, AssemblyCode.Assemble(stubs),
        ]);
        if (options.Kind == ImageKind.Kernel)
            KernelThreadData.Move(image);
        return image;
    }

    private static string[] Undefined(string path) =>
    [
        .. ToolProcess.Run("nm", ["-u", "--format=posix", path]).Split('\n')
            .Select(line => line.Split(' ')[0]).Where(name => name.Length > 0
                && !_linkerSymbols.Any(prefix => name.StartsWith(prefix, System.StringComparison.Ordinal))),
    ];

    private static string Script(ImageKind kind) =>
        Resource(kind == ImageKind.Kernel ? "kernel.ld" : "program.ld")
            .Replace(SectionsMark, Resource("sections.ld"));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
