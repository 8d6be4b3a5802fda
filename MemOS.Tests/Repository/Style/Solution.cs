using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MemOS.Tests.Repository.Style;

/// <summary>
/// Whom the rules of the house bind: projects that MemOS.sln lists. A program in Userland/ that it
/// does not list is a user's own, in whatever style.
/// </summary>
internal static class Solution
{
    /// <summary>Folders of users' programs, each with a slash at its end.</summary>
    public static IReadOnlyList<string> GuestFolders { get; } =
        [.. ProjectsIn("Userland").Where(project => !Lists(project))
            .Select(project => Path.GetDirectoryName(project) + "/")];

    /// <summary>Whether the solution lists a project.</summary>
    /// <param name="project">Full path of its file.</param>
    public static bool Lists(string project)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "MemOS.sln"));
        string path = Path.GetRelativePath(RepositoryRoot.Path, project).Replace('/', '\\');
        return text.Contains($"\"{path}\"", StringComparison.Ordinal);
    }

    /// <summary>Full paths of the projects in a folder of the repository.</summary>
    public static IEnumerable<string> ProjectsIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj",
            SearchOption.AllDirectories);
}
