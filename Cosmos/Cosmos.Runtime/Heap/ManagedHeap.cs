using System.Runtime.CompilerServices;

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
    /// <summary>Bytes that are given out between two collections at least.</summary>
    internal const nuint SmallestCycle = 4 * 1024 * 1024;

    // Bytes given out from which on a collection pays.
    private static nuint _enough = SmallestCycle;

    private static bool _asked;

    /// <summary>Whether a collection is under way, of which slices are still to come.</summary>
    public static bool IsCollecting => Collector.IsActive;

    /// <summary>Where references are looked for.</summary>
    public static RootScan Mode { get; set; }

    /// <summary>
    /// Whether each collection looks whether it has marked all that is alive, for tests: that takes
    /// as long as a collection in one piece. One that has not ends the kernel or program.
    /// </summary>
    public static bool ChecksMarks
    {
        get => MarkCheck.IsOn;
        set => MarkCheck.IsOn = value;
    }

    /// <summary>Number of collections that were looked at so and were right.</summary>
    public static uint MarksChecked => MarkCheck.Runs;

    /// <summary>
    /// Called once, by an allocation that takes longer than most: where a collection may be, other
    /// code may run as well. May be set at any time, between any two instructions.
    /// </summary>
    // No reference: the first objects are made before there is room for static ones.
    public static delegate*<void> Interruption { get; set; }

    /// <summary>Whether enough has been given out for a collection to pay.</summary>
    public static bool WantsCollection => HeapUsage.Allocated >= _enough;

    /// <summary>
    /// Collects, sweeps all of it, gives empty pages back and runs finalisers. In
    /// <see cref="RootScan.EmptyStack"/> this is only for the empty-stack point.
    /// </summary>
    public static void Collect()
    {
        _asked = false;
        Collector.Run();
        SmallObjects.SweepAll();
        Finalizers.RunReady();
    }

    /// <summary>
    /// Collects if <c>GC.Collect</c> was called or it pays, in which case small objects are left
    /// to be swept as their memory is needed; for the empty-stack point.
    /// </summary>
    public static void CollectIfWanted()
    {
        if (_asked)
        {
            Collect();
        }
        else if (WantsCollection)
        {
            Collector.Run();
            Finalizers.RunReady();
        }
    }

    /// <summary>
    /// Does a part of a collection: of the one under way or, if one is wanted as for
    /// <see cref="CollectIfWanted"/>, of a new one. For the empty-stack point, where whoever
    /// calls this for one part must see to it that others follow, and that finalisers run
    /// (<see cref="RunFinalizers"/>).
    /// </summary>
    /// <param name="work">How much, in about instructions; some 10,000 more may be done.</param>
    public static void CollectInPart(long work)
    {
        if (!Collector.IsActive)
        {
            if (!_asked && !WantsCollection)
                return;
            Collector.Begin(_asked);
            _asked = false;
            // Whatever is given out meanwhile, no other is wanted.
            _enough = nuint.MaxValue;
        }
        WorkBudget budget = new(work);
        Collector.Step(ref budget);
    }

    /// <summary>
    /// Asks for a collection, which begins when the one that may be under way is over: all that is
    /// garbage now is gone when it is done.
    /// </summary>
    public static CollectionTicket Request()
    {
        _asked = true;
        return new CollectionTicket(Collector.Completed + (Collector.IsActive ? 2u : 1u));
    }

    /// <summary>Whether the collection that was asked for is over.</summary>
    public static bool IsDone(CollectionTicket ticket) => Collector.Completed >= ticket.Number;

    /// <summary>
    /// For tests of how much memory something takes: until the next collection, what is free in
    /// the heap is not used, so that each size of objects takes pages first.
    /// </summary>
    public static void ForgetReadyBlocks() => SmallObjects.ForgetReady();

    /// <summary>Whether collections found what finalisers are to run for.</summary>
    public static bool HasFinalizersReady => Finalizers.HasReady;

    /// <summary>
    /// Runs the finalisers of what collections found dead. A kernel calls this where no code of
    /// its own is in the midst of something that a finaliser might touch.
    /// </summary>
    public static void RunFinalizers() => Finalizers.RunReady();

    /// <summary>
    /// What <c>GC.Collect</c> does: collects now, or where only an empty stack allows it, as soon
    /// as it is empty.
    /// </summary>
    internal static void Ask()
    {
        if (Mode == RootScan.EmptyStack)
            _asked = true;
        else
            Collect();
    }

    /// <summary>After a collection: the next one pays when as much is given out as lives.</summary>
    internal static void PlanNextCollection() =>
        _enough = HeapUsage.Live > SmallestCycle ? HeapUsage.Live : SmallestCycle;

    /// <summary>Takes a block for an object; zeroed but for the mark. Null: no memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ObjectHeader* TakeBlock(nuint bytes)
    {
        if (bytes <= SizeClasses.Largest && !WantsCollection)
        {
            ObjectHeader* block = SmallObjects.TakeReady(SizeClasses.Of((uint)bytes));
            if (block != null)
                return Used(block, bytes);
        }
        return TakeBlockWithWork(bytes);
    }

    /// <summary>Puts a block of a region back.</summary>
    internal static void ReturnBlock(ObjectHeader* block, Region* region)
    {
        if (region->SizeClass == Region.Large)
            LargeObjects.Release(region);
        else
            SmallObjects.Return(block, region);
    }

    // Safe: whoever set it gave a method of its own.
    private static void Interrupt()
    {
        delegate*<void> interruption = Interruption;
        Interruption = null;
        interruption();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ObjectHeader* TakeBlockWithWork(nuint bytes)
    {
        if (Interruption != null && Mode == RootScan.StackAndStatics)
            Interrupt();
        if (Mode == RootScan.StackAndStatics && WantsCollection)
            Collector.Run();
        ObjectHeader* block = Take(bytes);
        if (block == null && Mode == RootScan.StackAndStatics)
            block = TakeAfterCollection(bytes);
        return block == null ? null : Used(block, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ObjectHeader* Used(ObjectHeader* block, nuint bytes)
    {
        HeapUsage.Allocated += bytes;
        block->Mark = Collector.Epoch;
        return block;
    }

    // What the finalisers let go of is free at the second attempt.
    private static ObjectHeader* TakeAfterCollection(nuint bytes)
    {
        ObjectHeader* block;
        int attempts = 0;
        do
        {
            Collector.Run();
            SmallObjects.SweepAll();
            block = Take(bytes);
        }
        while (block == null && attempts++ == 0 && Finalizers.RunReady());
        return block;
    }

    private static ObjectHeader* Take(nuint bytes) =>
        bytes <= SizeClasses.Largest
            ? SmallObjects.Take((uint)bytes)
            : LargeObjects.Take(bytes);
}
