using MemOS.Memory.Contracts;

namespace MemOS.Processes;

/// <summary>
/// Nodes by their numbers. It lies in its nodes, so adding one needs no memory however many there
/// are, and nothing is ever moved: an operation takes at most 64 steps, and about the logarithm of
/// the count where numbers are random or were given out one after the other.
/// </summary>
/// <remarks>
/// A digital search tree: Knuth, "The Art of Computer Programming", volume 3, section 6.3. The
/// node at depth d has the same d lowest bits as all below it.
/// </remarks>
internal struct IdTree<T>
    where T : IdNode<T>
{
    /// <summary>The node that is reached first; null if there is none.</summary>
    internal T? Root { get; private set; }

    /// <summary>How many nodes there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Finds the node with a number; null if there is none.</summary>
    internal readonly T? Find(ulong number)
    {
        T? at = Root;
        ulong bits = number;
        while (at is not null && at.Number != number)
        {
            at = (bits & 1) == 0 ? at.Low : at.High;
            bits >>= 1;
        }
        return at;
    }

    /// <summary>Adds a node that is in no tree and whose number none here has.</summary>
    internal void Add(T node)
    {
        T? above = FindAbove(node.Number, null, out ulong bits);
        Hang(node, above, bits);
        Count++;
    }

    /// <summary>Takes out a node that is in this tree.</summary>
    internal void Remove(T node)
    {
        T? above = FindAbove(node.Number, node, out ulong bits);
        // Whoever is below it has the bits that lead to it, so one of the last takes its place.
        T? last = TakeLast(node);
        if (last is not null)
        {
            last.Low = node.Low;
            last.High = node.High;
        }
        node.Low = null;
        node.High = null;
        Hang(last, above, bits);
        Count--;
    }

    /// <summary>
    /// The node that comes after one, where <see cref="Root"/> comes first; null after the last.
    /// The order is that of the tree, and changes with it.
    /// </summary>
    internal readonly T? Next(T node)
    {
        if (node.Low is not null || node.High is not null)
            return node.Low ?? node.High;
        T? later = null;
        T at = Root!;
        for (ulong bits = node.Number; at != node; bits >>= 1)
        {
            bool isLow = (bits & 1) == 0;
            later = isLow && at.High is not null ? at.High : later;
            at = isLow ? at.Low! : at.High!;
        }
        return later;
    }

    // The node above a place, which is that of a number or of a node; null for the root's. The
    // lowest of the bits leads on from there.
    private readonly T? FindAbove(ulong number, T? until, out ulong bits)
    {
        T? above = null;
        T? at = Root;
        bits = number;
        for (ulong rest = number; at is not null && at != until; rest >>= 1)
        {
            Ensure.That(at.Number != number, "a number stands in a tree once");
            above = at;
            bits = rest;
            at = (rest & 1) == 0 ? at.Low : at.High;
        }
        return above;
    }

    private void Hang(T? node, T? above, ulong bits)
    {
        if (above is null)
            Root = node;
        else if ((bits & 1) == 0)
            above.Low = node;
        else
            above.High = node;
    }

    // Takes out a node below one that has none below it; null if there is none.
    private static T? TakeLast(T node)
    {
        T above = node;
        T? last = node.Low ?? node.High;
        if (last is null)
            return null;
        while ((last.Low ?? last.High) is { } below)
        {
            above = last;
            last = below;
        }
        if (above.Low == last)
            above.Low = null;
        else
            above.High = null;
        return last;
    }
}
