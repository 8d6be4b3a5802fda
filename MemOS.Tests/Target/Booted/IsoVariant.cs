using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>An ISO whose kernel gets more words, made by <c>build/variant.sh</c>.</summary>
internal static class IsoVariant
{
    /// <summary>Makes one of MemOS in the folder of a run.</summary>
    /// <returns>The path of the ISO.</returns>
    public static string Make(string folder, params string[] words)
    {
        string variant = Path.Combine(folder, "variant.iso");
        string script = Path.Combine(Repository.Root, "build", "variant.sh");
        using Process process = Process.Start(script, [KernelImages.MemOS, variant, .. words]);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "the script hangs");
        Assert.Equal(0, process.ExitCode);
        return variant;
    }
}
