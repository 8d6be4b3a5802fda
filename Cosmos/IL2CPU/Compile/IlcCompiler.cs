using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace IL2CPU.Compile;

/// <summary>Runs ILC over a build's assemblies.</summary>
internal static class IlcCompiler
{
    private static readonly string[] _switches =
    [
        "-O",
        "--nativelib",
        "--feature:System.Diagnostics.Tracing.EventSource.IsSupported=false",
        "--feature:System.StartupHookProvider.IsSupported=false",
        "--feature:System.Globalization.Invariant=true",
        "--feature:System.Globalization.PredefinedCulturesOnly=true",
        "--feature:System.Diagnostics.Debugger.IsSupported=false",
        "--feature:System.Diagnostics.StackTrace.IsSupported=false",
        "--feature:System.Runtime.TypeLoader.UseTypeLoader=false",
        "--directpinvoke:libSystem.Native",
        "--generateunmanagedentrypoints:System.Private.CoreLib",
        "--initassembly:System.Private.CoreLib",
        "--initassembly:System.Private.TypeLoader",
        "--initassembly:System.Private.Reflection.Execution",
        "--methodbodyfolding:all",
        "--nowarn:IL2026;IL3050;IL2104;IL3053;IL2070;IL2072;IL2067;IL2075;IL2057",
    ];

    /// <summary>Compiles to one object file.</summary>
    /// <param name="options">The build.</param>
    /// <param name="entry">The assembly that leads to all others.</param>
    /// <param name="references">Paths of all assemblies that may be needed.</param>
    /// <param name="exporting">Names of the assemblies whose exported symbols are wanted.</param>
    internal static string Compile(
        BuildOptions options, string entry, IEnumerable<string> references,
        IEnumerable<string> exporting)
    {
        string target = Path.Combine(options.Output, "image.o");
        List<string> lines = [entry, .. references.Select(one => "-r:" + one), .. _switches];
        // Types, which never change once they are there, apart from what does.
        if (options.Kind == ImageKind.Kernel)
            lines.Add("--dehydrate");
        lines.AddRange(exporting.Select(one => "--generateunmanagedentrypoints:" + one));
        lines.Add("-o:" + target);
        string response = Path.Combine(options.Output, "ilc.rsp");
        File.WriteAllLines(response, lines);
        try
        {
            ToolProcess.Run(CompilerPath(options), ["@" + response]);
        }
        catch (ToolFailure failure)
        {
            throw failure.LineByLine("IL2CPU034");
        }
        return target;
    }

    // NuGet unpacks files without the right to run them.
    private static string CompilerPath(BuildOptions options)
    {
        string path = Path.Combine(options.IlcPackage, "tools", "ilc");
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & UnixFileMode.UserExecute) == 0)
            File.SetUnixFileMode(path, mode | UnixFileMode.UserExecute);
        return path;
    }
}
