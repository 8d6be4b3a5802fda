using System.Diagnostics;
using System.IO;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>MemOS with more words behind the kernel's name in the boot menu.</summary>
internal static class KernelWords
{
    /// <summary>Makes an image of it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="words">The words.</param>
    /// <returns>The image's path.</returns>
    public static string MakeImage(RunFolder folder, params string[] words)
    {
        string image = Path.Combine(folder.FullPath, $"{string.Join('-', words)}.iso");
        string script = Path.Combine(Repository.Root, "build", "variant.sh");
        using Process process = Process.Start(script, [KernelImages.MemOS, image, .. words]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return image;
    }
}
