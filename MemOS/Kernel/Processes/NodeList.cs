namespace MemOS.Processes;

/// <summary>Who can stand in lines, of which there may be many: in one of them at a time.</summary>
internal abstract class Waiter<T>
    where T : Waiter<T>
{
    /// <summary>Who came after it.</summary>
    internal T? Next { get; set; }

    /// <summary>Who came before it.</summary>
    internal T? Previous { get; set; }
}

/// <summary>
/// Those who wait for the same, the longest first. Who stands where is known to those who wait:
/// adding and taking out cost nothing.
/// </summary>
internal struct WaitLine<T>
    where T : Waiter<T>
{
    private T? _last;

    /// <summary>Who has waited longest; null if nobody waits.</summary>
    internal T? First { get; private set; }

    /// <summary>Adds one who stands in no line.</summary>
    internal void Add(T waiter)
    {
        waiter.Previous = _last;
        if (_last is null)
            First = waiter;
        else
            _last.Next = waiter;
        _last = waiter;
    }

    /// <summary>Takes out one who stands in this line.</summary>
    internal void Remove(T waiter)
    {
        if (waiter.Previous is null)
            First = waiter.Next;
        else
            waiter.Previous.Next = waiter.Next;
        if (waiter.Next is null)
            _last = waiter.Previous;
        else
            waiter.Next.Previous = waiter.Previous;
        waiter.Next = null;
        waiter.Previous = null;
    }
}
