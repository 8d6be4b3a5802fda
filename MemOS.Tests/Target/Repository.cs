using System;
using System.IO;

namespace MemOS.Tests.Target;

/// <summary>Where the repository is, and what a build left in it.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>MemOS.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder for what test runs leave behind.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts", "qemu");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MemOS.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("these tests run inside the repository");
    }
}
