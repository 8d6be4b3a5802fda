using System.Collections.Generic;

namespace MemOS.Tests.Toolchain.Untrusted;

/// <summary>
/// Where numbers go: from a place (a parameter, a local, a field, what a method returns) to every
/// place that is computed from it. Places are named; a name tells what it is.
/// </summary>
internal sealed class FlowGraph
{
    private readonly Dictionary<string, HashSet<string>> _edges = [];
    private readonly HashSet<string> _sources = [];
    private readonly List<Use> _uses = [];

    /// <summary>All places where a number must not come from ring 3.</summary>
    public IReadOnlyList<Use> Uses => _uses;

    /// <summary>A number goes from one place to another.</summary>
    public void Add(string from, string to)
    {
        if (from == to)
            return;
        if (!_edges.TryGetValue(from, out HashSet<string>? targets))
            _edges.Add(from, targets = []);
        targets.Add(to);
    }

    /// <summary>What is found at this place comes from ring 3.</summary>
    public void AddSource(string place) => _sources.Add(place);

    /// <summary>A number is used where one of ring 3's must not be.</summary>
    public void AddUse(Use use) => _uses.Add(use);

    /// <summary>
    /// All places that a source reaches, each with the place before it; a source has none.
    /// </summary>
    public Dictionary<string, string?> Reach()
    {
        Dictionary<string, string?> reached = [];
        Queue<string> next = new();
        foreach (string source in _sources)
        {
            reached[source] = null;
            next.Enqueue(source);
        }
        while (next.TryDequeue(out string? place))
        {
            if (!_edges.TryGetValue(place, out HashSet<string>? targets))
                continue;
            foreach (string target in targets)
            {
                if (reached.TryAdd(target, place))
                    next.Enqueue(target);
            }
        }
        return reached;
    }
}

/// <summary>A use of numbers that throws or asserts if they are wrong.</summary>
/// <param name="Method">In which method.</param>
/// <param name="Kind">What would throw.</param>
/// <param name="Places">Where the numbers come from.</param>
internal sealed record Use(string Method, string Kind, IReadOnlyCollection<string> Places)
{
    /// <summary>How a list of exceptions names it.</summary>
    public string Name => $"{Method}: {Kind}";
}
