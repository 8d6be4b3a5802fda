using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Processes;

/// <summary>
/// Nodes by a number, the lowest first; of those with the same one the oldest, if nothing was
/// taken out in between.
/// </summary>
/// <remarks>
/// A leftist heap: Crane, "Linear lists and priority queues as balanced binary trees", 1972. The
/// way down by right children is never longer than the logarithm of the length, and joining walks
/// along two of them: so does each operation, not only on average, since a program chooses how
/// many nodes there are and in which order they come. It lies in its nodes, so that nothing can
/// fail for lack of memory.
/// </remarks>
internal sealed class KeyQueue
{
    /// <summary>The node with the lowest number; null if there is none.</summary>
    internal KeyNode? First { get; private set; }

    /// <summary>Adds a node that is in no queue.</summary>
    internal void Add(KeyNode node, ulong key)
    {
        Ensure.That(!node.IsQueued, "a node is in a queue once");
        node.Key = key;
        node.IsQueued = true;
        node.Rank = 1;
        First = First is null ? node : Join(First, node);
    }

    /// <summary>Takes a node out, if it is in; it is in no other queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Remove(KeyNode node)
    {
        if (node.IsQueued)
            TakeOut(node);
    }

    /// <summary>Takes the first node out, which there is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void RemoveFirst()
    {
        KeyNode first = First!;
        // Most queues are short.
        if (first.Left is not null)
        {
            TakeOut(first);
            return;
        }
        first.IsQueued = false;
        First = null;
    }

    private void TakeOut(KeyNode node)
    {
        node.IsQueued = false;
        KeyNode? rest = TakeChildren(node);
        KeyNode? parent = node.Parent;
        if (rest is not null)
            rest.Parent = parent;
        if (parent is null)
        {
            First = rest;
            return;
        }
        node.Parent = null;
        if (parent.Left == node)
            parent.Left = rest;
        else
            parent.Right = rest;
        Balance(parent);
    }

    // What was below a node, as one heap, whose first still says that the node holds it.
    private static KeyNode? TakeChildren(KeyNode node)
    {
        if (node.Left is not { } left)
            return null;
        node.Left = null;
        if (node.Right is not { } right)
            return left;
        node.Right = null;
        return Join(left, right);
    }

    // The first of the result keeps the parent that it had.
    private static KeyNode Join(KeyNode older, KeyNode newer)
    {
        (KeyNode first, KeyNode second) =
            newer.Key < older.Key ? (newer, older) : (older, newer);
        KeyNode below = first.Right is { } right ? Join(right, second) : second;
        below.Parent = first;
        if (first.Left is not { } left)
        {
            first.Left = below;
            return first;
        }
        if (left.Rank < below.Rank)
        {
            first.Left = below;
            below = left;
        }
        first.Right = below;
        first.Rank = below.Rank + 1;
        return first;
    }

    // Ranks change on the way up only as long as they are that of the way down: see the remarks.
    private static void Balance(KeyNode? node)
    {
        while (node is not null)
        {
            if (RankOf(node.Left) < RankOf(node.Right))
                (node.Left, node.Right) = (node.Right, node.Left);
            int rank = RankOf(node.Right) + 1;
            if (node.Rank == rank)
                return;
            node.Rank = rank;
            node = node.Parent;
        }
    }

    private static int RankOf(KeyNode? node) => node?.Rank ?? 0;
}
