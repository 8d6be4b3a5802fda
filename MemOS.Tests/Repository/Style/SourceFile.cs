using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemOS.Tests.Repository.Style;

/// <summary>A C# file of the repository.</summary>
internal sealed class SourceFile
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", ".git"];

    private SourceFile(string root, string path)
    {
        Path = System.IO.Path.GetRelativePath(root, path);
        Text = File.ReadAllText(path);
        Lines = Text.TrimEnd('\n').Split('\n');
    }

    /// <summary>
    /// Every C# file that people write here, but those of a user's programs: see
    /// <see cref="Solution"/>.
    /// </summary>
    public static IReadOnlyList<SourceFile> All { get; } = FindAll();

    /// <summary>The path from the repository's root.</summary>
    public string Path { get; }

    /// <summary>What is in it.</summary>
    public string Text { get; }

    /// <summary>The same by lines.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>
    /// Whether it is written in the style of Cosmos gen2, to show that such source still builds.
    /// </summary>
    public bool IsGen2 => Path.Contains("/Gen2", StringComparison.Ordinal);

    /// <summary>Parses the file.</summary>
    public SyntaxNode Parse() => CSharpSyntaxTree.ParseText(Text).GetRoot();

    /// <summary>A place for a message; <paramref name="line"/> counts from 0.</summary>
    public string Place(int line) => $"{Path}:{line + 1}";

    private static SourceFile[] FindAll()
    {
        List<string> paths = [];
        Collect(new DirectoryInfo(RepositoryRoot.Path), paths);
        paths.RemoveAll(path => Solution.GuestFolders.Any(
            folder => path.StartsWith(folder, StringComparison.Ordinal)));
        return [.. paths.Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(RepositoryRoot.Path, path))];
    }

    private static void Collect(DirectoryInfo folder, List<string> paths)
    {
        paths.AddRange(folder.GetFiles("*.cs").Select(f => f.FullName));
        foreach (DirectoryInfo inner in folder.GetDirectories())
        {
            if (!NotOurs.Contains(inner.Name)) Collect(inner, paths);
        }
    }
}
