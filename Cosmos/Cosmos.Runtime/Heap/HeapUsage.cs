namespace Cosmos.Runtime.Heap;

/// <summary>The heap's figures, in bytes.</summary>
public static class HeapUsage
{
    /// <summary>Pages held for objects.</summary>
    public static nuint Reserved { get; internal set; }

    /// <summary>Found alive by the last collection.</summary>
    public static nuint Live { get; private set; }

    /// <summary>Given out since the last collection.</summary>
    public static nuint Allocated { get; internal set; }

    /// <summary>Given out since the start.</summary>
    public static ulong AllocatedEver => AllocatedBefore + Allocated;

    /// <summary>Given out before the last collection.</summary>
    internal static ulong AllocatedBefore { get; private set; }

    /// <summary>Objects that collections have freed since the start.</summary>
    /// <remarks>Small objects count when their region is swept, at the latest.</remarks>
    public static ulong ObjectsFreed { get; internal set; }

    /// <summary>Objects that the last collection found alive.</summary>
    public static ulong ObjectsLive { get; private set; }

    /// <summary>Number of collections.</summary>
    public static uint Collections { get; private set; }

    /// <summary>Notes a collection that has just been done.</summary>
    internal static void NoteCollection(nuint bytesLive, ulong objectsLive)
    {
        AllocatedBefore += Allocated;
        Allocated = 0;
        Live = bytesLive;
        ObjectsLive = objectsLive;
        Collections++;
    }
}
