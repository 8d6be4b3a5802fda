using MemOS.Memory.Contracts;

namespace MemOS.Processes;

/// <summary>
/// Nodes by a number, the lowest first; of those with the same one the oldest, if nothing was
/// taken out in between.
/// </summary>
/// <remarks>
/// A pairing heap: Fredman, Sedgewick, Sleator and Tarjan, "The pairing heap", 1986. Adding costs
/// a comparison, taking out the logarithm of the length over many. It lies in its nodes, so that
/// neither can fail for lack of memory.
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
        First = First is null ? node : Join(First, node);
    }

    /// <summary>Takes a node out, if it is in; it is in no other queue.</summary>
    internal void Remove(KeyNode node)
    {
        if (node.IsQueued)
            TakeOut(node);
    }

    private void TakeOut(KeyNode node)
    {
        KeyNode? rest = JoinAll(node.Child);
        node.Child = null;
        node.IsQueued = false;
        if (node == First)
        {
            First = rest;
            return;
        }
        Detach(node);
        if (rest is not null)
            First = Join(First!, rest);
    }

    private static void Detach(KeyNode node)
    {
        KeyNode holder = node.Holder!;
        if (holder.Child == node)
            holder.Child = node.Sibling;
        else
            holder.Sibling = node.Sibling;
        if (node.Sibling is not null)
            node.Sibling.Holder = holder;
        node.Sibling = null;
        node.Holder = null;
    }

    // The later one becomes the child of the other. Both are held by nobody.
    private static KeyNode Join(KeyNode older, KeyNode newer)
    {
        (KeyNode first, KeyNode second) =
            newer.Key < older.Key ? (newer, older) : (older, newer);
        second.Sibling = first.Child;
        if (first.Child is not null)
            first.Child.Holder = second;
        second.Holder = first;
        first.Child = second;
        return first;
    }

    // Two by two, then one with all of the others: that keeps the heap flat.
    private static KeyNode? JoinAll(KeyNode? child)
    {
        KeyNode? pairs = null;
        while (child is not null)
        {
            KeyNode one = Release(ref child);
            KeyNode pair = child is null ? one : Join(Release(ref child), one);
            pair.Sibling = pairs;
            pairs = pair;
        }
        if (pairs is null)
            return null;
        KeyNode first = Release(ref pairs);
        while (pairs is not null)
            first = Join(first, Release(ref pairs));
        return first;
    }

    // Takes the first of a list out; the list goes on with its sibling.
    private static KeyNode Release(ref KeyNode? list)
    {
        KeyNode node = list!;
        list = node.Sibling;
        node.Sibling = null;
        node.Holder = null;
        return node;
    }
}
