namespace MemOS.Processes;

/// <summary>
/// Who has a number that is higher than those of all that came before, and so a place by age among
/// all of its kind: beside the list and the tree that it may stand in.
/// </summary>
/// <param name="number">Its number.</param>
internal abstract class AgedNode<T>(ulong number) : IdNode<T>(number)
    where T : AgedNode<T>
{
    /// <summary>The one that was made before it, of all that there are.</summary>
    internal T? Older { get; set; }

    /// <summary>The one that was made after it, of all that there are.</summary>
    internal T? Younger { get; set; }
}

/// <summary>All of a kind by age. It lies in its nodes: adding one needs no memory.</summary>
internal struct AgeList<T>
    where T : AgedNode<T>
{
    private T? _youngest;

    /// <summary>The oldest; the others follow it. Null if there is none.</summary>
    internal T? Oldest { get; private set; }

    /// <summary>Adds one that is younger than all that are in.</summary>
    internal void Add(T node)
    {
        node.Older = _youngest;
        if (_youngest is null)
            Oldest = node;
        else
            _youngest.Younger = node;
        _youngest = node;
    }

    /// <summary>
    /// Takes out one that is in. It still leads to those beside it: who is at it goes on there.
    /// </summary>
    internal void Remove(T node)
    {
        if (node.Older is null)
            Oldest = node.Younger;
        else
            node.Older.Younger = node.Younger;
        if (node.Younger is null)
            _youngest = node.Older;
        else
            node.Younger.Older = node.Older;
    }

    /// <summary>The oldest of those with higher numbers; null if there is none.</summary>
    /// <param name="number">A number.</param>
    /// <param name="known">The node that has it, if that is in and known.</param>
    internal readonly T? After(ulong number, T? known)
    {
        if (known is not null)
            return known.Younger;
        T? next = Oldest;
        while (next is not null && next.Number <= number)
            next = next.Younger;
        return next;
    }
}
