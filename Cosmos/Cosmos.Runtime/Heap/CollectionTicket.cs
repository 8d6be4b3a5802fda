namespace Cosmos.Runtime.Heap;

/// <summary>A collection that was asked for (<see cref="ManagedHeap.Request"/>).</summary>
public readonly record struct CollectionTicket
{
    internal CollectionTicket(ulong number) => Number = number;

    /// <summary>Whether one was asked for: not so in the default.</summary>
    public bool IsAsked => Number != 0;

    /// <summary>It is over when so many collections are.</summary>
    internal ulong Number { get; }
}
