namespace MemOS.Processes;

/// <summary>Who can stand in lists, of which there may be many: in one of them at a time.</summary>
internal abstract class ListNode<T>
    where T : ListNode<T>
{
    /// <summary>Who came after it.</summary>
    internal T? Next { get; set; }

    /// <summary>Who came before it.</summary>
    internal T? Previous { get; set; }
}

/// <summary>
/// Nodes in the order in which they came. Who stands where is known to the nodes: adding and
/// taking out cost nothing and need no memory.
/// </summary>
internal struct NodeList<T>
    where T : ListNode<T>
{
    /// <summary>Who came first; null if the list is empty.</summary>
    internal T? First { get; private set; }

    /// <summary>Who came last; null if the list is empty.</summary>
    internal T? Last { get; private set; }

    /// <summary>Adds one that stands in no list.</summary>
    internal void Add(T node)
    {
        node.Previous = Last;
        if (Last is null)
            First = node;
        else
            Last.Next = node;
        Last = node;
    }

    /// <summary>Takes out one that stands in this list.</summary>
    internal void Remove(T node)
    {
        if (node.Previous is null)
            First = node.Next;
        else
            node.Previous.Next = node.Next;
        if (node.Next is null)
            Last = node.Previous;
        else
            node.Next.Previous = node.Previous;
        node.Next = null;
        node.Previous = null;
    }
}
