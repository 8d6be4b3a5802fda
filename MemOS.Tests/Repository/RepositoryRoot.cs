using System;
using System.IO;

namespace MemOS.Tests.Repository;

/// <summary>Where the repository is.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder that holds <c>MemOS.sln</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null
            && !File.Exists(System.IO.Path.Combine(folder.FullName, "MemOS.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException("these tests run inside the repository");
    }
}
