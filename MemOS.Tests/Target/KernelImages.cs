using System;
using System.IO;
using System.Linq;

namespace MemOS.Tests.Target;

/// <summary>The ISOs that a build of the solution leaves behind.</summary>
internal static class KernelImages
{
    /// <summary>MemOS itself.</summary>
    public static string MemOS => Existing(Path.Combine(Repository.Root, "artifacts", "MemOS.iso"));

    /// <summary>The newest image of the test kernel in <c>Kernels/</c> of that name.</summary>
    public static string Of(string kernel)
    {
        string output = Path.Combine(
            Repository.Root, "MemOS.Tests", "Target", "Kernels", kernel, "bin");
        string? newest = Directory.Exists(output)
            ? Directory.GetFiles(output, kernel + ".iso", SearchOption.AllDirectories)
                .MaxBy(File.GetLastWriteTimeUtc)
            : null;
        return Existing(newest ?? Path.Combine(output, kernel + ".iso"));
    }

    private static string Existing(string path) =>
        File.Exists(path)
            ? path
            : throw new FileNotFoundException("not built: run 'dotnet build MemOS.sln'", path);
}
