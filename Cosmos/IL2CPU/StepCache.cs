using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace IL2CPU;

/// <summary>
/// Remembers what the last build made of which input, by content: a file that was only touched, or
/// changed and changed back, costs nothing.
/// </summary>
/// <param name="path">The file that it is kept in.</param>
internal sealed class StepCache(string path)
{
    private string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The key of a step: a digest of all that its result depends on.</summary>
    /// <param name="settings">What is not in files.</param>
    /// <param name="inputs">Paths of the files.</param>
    internal static string Key(IEnumerable<string> settings, IEnumerable<string> inputs)
    {
        StringBuilder text = new();
        foreach (string setting in settings)
            text.Append(setting).Append('\n');
        foreach (string input in inputs)
        {
            text.Append(Path.GetFileName(input)).Append(' ')
                .Append(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(input))))
                .Append('\n');
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Finds what was made for a key.</summary>
    /// <returns>Paths of files that are all there, or null.</returns>
    internal IReadOnlyList<string>? Find(string key)
    {
        if (!File.Exists(path))
            return null;
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != key)
            return null;
        string[] results = [.. lines[1..].Select(line => Path.GetFullPath(line, Folder))];
        return results.All(File.Exists) ? results : null;
    }

    /// <summary>Forgets the last result; it may be half overwritten from now on.</summary>
    internal void Clear() => File.Delete(path);

    /// <summary>
    /// Remembers what was made for a key, where it lies seen from here: a copy of the whole tree
    /// has a memory of its own.
    /// </summary>
    internal void Store(string key, IEnumerable<string> results) =>
        File.WriteAllLines(
            path, [key, .. results.Select(result => Path.GetRelativePath(Folder, result))]);
}
