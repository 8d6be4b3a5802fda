using System;
using System.IO;

namespace MemOS.Tests.Toolchain;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>MemOS.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MemOS.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("these tests run inside the repository");
    }
}
