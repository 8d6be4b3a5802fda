namespace Cosmos.Runtime.Heap;

/// <summary>Objects found alive whose references are still to be followed.</summary>
internal static unsafe class MarkStack
{
    private static PageList<nint> _references;

    /// <summary>
    /// Set when memory for the stack ran out: some marked objects were not followed.
    /// </summary>
    internal static bool Overflowed { get; set; }

    internal static bool IsEmpty => _references.Count == 0;

    internal static void Push(nint reference)
    {
        if (!_references.Add(reference))
            Overflowed = true;
    }

    internal static nint Pop() => _references.Pop();
}
