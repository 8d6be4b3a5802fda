namespace Cosmos.Runtime.Heap;

/// <summary>
/// Mark and sweep: marks what can be reached, gives large dead objects back at once and leaves the
/// small ones to be swept when their size is next wanted.
/// </summary>
internal static unsafe class Collector
{
    private static bool _running;

    /// <summary>
    /// The number of the last collection. Every object carries the number of the collection that
    /// found it alive, or that it was made after.
    /// </summary>
    internal static uint Epoch { get; private set; } = 1;

    /// <summary>While marking: the collection before this one.</summary>
    internal static uint EpochBefore { get; private set; }

    /// <summary>
    /// Collects. The caller has seen to it that roots are where they are looked for.
    /// </summary>
    internal static void Run()
    {
        if (_running)
            Platform.Fail("A collection was started inside a collection.");
        _running = true;
        EpochBefore = Epoch;
        Epoch = Epoch + 1 == ObjectHeader.Permanent ? 1 : Epoch + 1;
        Marker.Begin();
        Roots.Mark();
        if (ManagedHeap.Mode == RootScan.StackAndStatics)
            StackScan.Mark();
        Marker.Drain();
        WeakReferences.MarkDependents();
        WeakReferences.Clear(HandleKind.WeakShort);
        Finalizers.QueueDead();
        WeakReferences.MarkDependents();
        WeakReferences.Clear(HandleKind.WeakLong);
        WeakReferences.Clear(HandleKind.Dependent);
        LargeObjects.Sweep();
        SmallObjects.ForgetFreeBlocks();
        HeapUsage.NoteCollection(Marker.MarkedBytes, Marker.MarkedObjects);
        ManagedHeap.PlanNextCollection();
        _running = false;
    }
}
