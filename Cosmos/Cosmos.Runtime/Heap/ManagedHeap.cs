namespace Cosmos.Runtime.Heap;

/// <summary>Where references are looked for besides statics and handles.</summary>
public enum RootScan
{
    /// <summary>On the one stack too, word by word: allocation may collect by itself.</summary>
    StackAndStatics,

    /// <summary>
    /// Nowhere: a collection is legal only while the stack holds no references. Allocation wishes
    /// for collections and never runs one.
    /// </summary>
    EmptyStack,
}

/// <summary>The heap of managed objects.</summary>
public static unsafe class ManagedHeap
{
    // The least that is given out between two collections.
    private const nuint SmallestCycle = 4 * 1024 * 1024;

    private static bool _asked;

    /// <summary>Where references are looked for.</summary>
    public static RootScan Mode { get; set; }

    /// <summary>Whether enough has been given out for a collection to pay.</summary>
    public static bool WantsCollection =>
        HeapUsage.Allocated > SmallestCycle && HeapUsage.Allocated > HeapUsage.Live;

    /// <summary>
    /// Collects, sweeps all of it, gives empty pages back and runs finalisers. In
    /// <see cref="RootScan.EmptyStack"/> this is only for the empty-stack point.
    /// </summary>
    public static void Collect()
    {
        Collector.Run();
        SmallObjects.SweepAll();
        Finalizers.RunReady();
    }

    /// <summary>Collects if that pays; for the empty-stack point.</summary>
    public static void CollectIfWanted()
    {
        if (!WantsCollection && !_asked)
            return;
        _asked = false;
        Collect();
    }

    /// <summary>
    /// What <c>GC.Collect</c> does: collects now, or where the stack is not empty, as soon as it is.
    /// </summary>
    internal static void Ask()
    {
        if (Mode == RootScan.EmptyStack)
            _asked = true;
        else
            Collect();
    }

    /// <summary>Frees an object at once; the caller vouches that nothing refers to it.</summary>
    public static void Free(object instance)
    {
        nint reference = *(nint*)&instance;
        int index = RegionIndex.Find((byte*)reference);
        if (index < 0)
            return;
        ReturnBlock(ObjectHeader.Of(reference), index);
    }

    /// <summary>Takes a block for an object; zeroed but for the mark. Null: no memory.</summary>
    internal static ObjectHeader* TakeBlock(nuint bytes)
    {
        HeapUsage.Allocated += bytes;
        HeapUsage.AllocatedEver += bytes;
        if (Mode == RootScan.StackAndStatics && WantsCollection)
            Collector.Run();
        ObjectHeader* block = Take(bytes);
        if (block == null && Mode == RootScan.StackAndStatics)
        {
            Collector.Run();
            SmallObjects.SweepAll();
            block = Take(bytes);
        }
        if (block != null)
            block->Mark = Collector.Epoch;
        return block;
    }

    /// <summary>Puts a block of the region of the given number back.</summary>
    internal static void ReturnBlock(ObjectHeader* block, int region)
    {
        if (RegionIndex.At(region)->SizeClass == Region.Large)
            LargeObjects.Release(region);
        else
            SmallObjects.Return(block, RegionIndex.At(region));
    }

    private static ObjectHeader* Take(nuint bytes) =>
        bytes <= SizeClasses.Largest
            ? SmallObjects.Take((uint)bytes)
            : LargeObjects.Take(bytes);
}
