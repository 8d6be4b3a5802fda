using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace IL2CPU;

/// <summary>Compiled objects that several trees share, by the key of their step.</summary>
/// <param name="root">The folder that has them; null or empty where nothing is shared.</param>
internal sealed class SharedCache(string? root)
{
    private const string List = "objects.txt";

    /// <summary>The folder that the environment names in <c>COSMOS_CACHE</c>, if it does.</summary>
    internal static SharedCache OfEnvironment =>
        new(Environment.GetEnvironmentVariable("COSMOS_CACHE"));

    /// <summary>Copies what was made for a key, maybe elsewhere.</summary>
    /// <param name="key">The key of the step.</param>
    /// <param name="folder">Where the copies go.</param>
    /// <returns>Paths of the copies in their order, or null if there are none.</returns>
    internal IReadOnlyList<string>? TryTake(string key, string folder)
    {
        if (string.IsNullOrEmpty(root))
            return null;
        string kept = Path.Combine(root, key);
        string list = Path.Combine(kept, List);
        if (!File.Exists(list))
            return null;
        string[] copies = [.. File.ReadAllLines(list).Select(name => Path.Combine(folder, name))];
        foreach (string copy in copies)
            File.Copy(Path.Combine(kept, Path.GetFileName(copy)), copy, overwrite: true);
        return copies;
    }

    /// <summary>Keeps what was made for a key.</summary>
    /// <param name="key">The key of the step.</param>
    /// <param name="objects">Paths of what was made, each with a file name of its own.</param>
    internal void Put(string key, IReadOnlyList<string> objects)
    {
        if (string.IsNullOrEmpty(root))
            return;
        string kept = Path.Combine(root, key);
        // Whoever reads sees all of it or nothing, as a folder is renamed in one step.
        string draft = Path.Combine(root, Path.GetRandomFileName());
        Directory.CreateDirectory(draft);
        foreach (string made in objects)
            File.Copy(made, Path.Combine(draft, Path.GetFileName(made)));
        File.WriteAllLines(
            Path.Combine(draft, List), objects.Select(made => Path.GetFileName(made)));
        try
        {
            Directory.Move(draft, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            Directory.Delete(draft, recursive: true);
        }
    }
}
