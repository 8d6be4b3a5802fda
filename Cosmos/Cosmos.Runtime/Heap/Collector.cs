namespace Cosmos.Runtime.Heap;

/// <summary>
/// Mark and sweep, whole or in slices. Slices are for a heap whose stack is empty between them:
/// what runs in between changes references, and the write barrier tells the marker of each object
/// that one was stored to (an insertion barrier; new objects are marked from the start). So when
/// there is nothing left to follow, all that can be reached is marked: no stack could hide more.
/// </summary>
internal static unsafe class Collector
{
    // About what it costs to give the pages of a region back.
    private const int ReleaseCost = 6000;

    private static CollectionPhase _phase;
    private static bool _running;
    private static bool _finalizersQueued;
    private static bool _releases;
    private static nuint _allocatedBefore;
    private static ulong _markedBefore;

    /// <summary>
    /// The number of the last collection. Every object carries the number of the collection that
    /// found it alive, or that it was made after.
    /// </summary>
    internal static uint Epoch { get; private set; } = 1;

    /// <summary>
    /// While marking: the collection before this one, whose mark those have that are not found
    /// yet. Otherwise the last one.
    /// </summary>
    internal static uint EpochBefore { get; private set; } = 1;

    /// <summary>Collections that were begun and are over, with all that they give back.</summary>
    internal static ulong Completed { get; private set; }

    /// <summary>Whether a collection is under way.</summary>
    internal static bool IsActive => _phase != CollectionPhase.Idle;

    private static bool IsMarking =>
        _phase is > CollectionPhase.Idle and < CollectionPhase.LargeSweep;

    /// <summary>
    /// Marks, gives large dead objects back at once and leaves the small ones to be swept when
    /// their size is next wanted. The caller has seen to it that roots are where they are looked
    /// for.
    /// </summary>
    internal static void Run()
    {
        if (_running)
            Platform.Fail("A collection was started inside a collection.");
        _running = true;
        if (IsActive)
            Finish();
        Start();
        MarkAll();
        WorkBudget budget = WorkBudget.Unlimited;
        LargeObjects.Sweep(ref budget);
        SmallObjects.MakeAllDue();
        Complete();
        _running = false;
    }

    /// <summary>Begins a collection in slices; none may be under way.</summary>
    /// <param name="releases">Whether it gives memory back that is kept for new objects.</param>
    internal static void Begin(bool releases)
    {
        Start();
        _releases = releases;
        StoreLog.Open(Epoch);
    }

    /// <summary>
    /// Goes on with a collection in slices, where no stack refers to an object that nothing else
    /// refers to.
    /// </summary>
    internal static void Step(ref WorkBudget budget)
    {
        while (IsActive && !budget.IsSpent)
        {
            // Between two slices more may have been found alive, whatever the phase.
            if (IsMarking && _phase != CollectionPhase.Roots && !Marker.Drain(ref budget))
                return;
            Advance(ref budget);
        }
    }

    private static void Start()
    {
        EpochBefore = Epoch;
        Epoch = Epoch + 1 == ObjectHeader.Permanent ? 1 : Epoch + 1;
        _finalizersQueued = false;
        _releases = false;
        _allocatedBefore = HeapUsage.Allocated;
        Marker.Begin();
        Roots.Begin();
        Finalizers.Begin();
        Enter(CollectionPhase.Roots);
    }

    // To the end of what is under way, of whose slices the rest is done at once.
    private static void Finish()
    {
        if (IsMarking)
            MarkAll();
        WorkBudget budget = WorkBudget.Unlimited;
        Step(ref budget);
    }

    private static void MarkAll()
    {
        WorkBudget budget = WorkBudget.Unlimited;
        if (ManagedHeap.Mode == RootScan.StackAndStatics)
            StackScan.Mark();
        while (IsMarking)
        {
            Marker.Drain(ref budget);
            Advance(ref budget);
        }
    }

    private static void Advance(ref WorkBudget budget)
    {
        switch (_phase)
        {
            case CollectionPhase.Roots:
                if (Roots.Mark(ref budget))
                    Enter(CollectionPhase.Marking);
                break;
            case CollectionPhase.Marking:
                Enter(CollectionPhase.Dependents);
                break;
            case CollectionPhase.Dependents:
                if (WeakReferences.MarkDependents(ref budget))
                    LeaveDependents();
                break;
            case CollectionPhase.ShortWeak:
                if (WeakReferences.Clear(HandleKind.WeakShort, ref budget))
                    Enter(CollectionPhase.Finalizers);
                break;
            case CollectionPhase.Finalizers:
                if (Finalizers.QueueDead(ref budget))
                    Enter(CollectionPhase.Marking);
                _finalizersQueued = _phase == CollectionPhase.Marking;
                break;
            case CollectionPhase.LongWeak:
                if (WeakReferences.Clear(HandleKind.WeakLong, ref budget))
                    Enter(CollectionPhase.DeadDependents);
                break;
            case CollectionPhase.DeadDependents:
                if (WeakReferences.Clear(HandleKind.Dependent, ref budget))
                    EndMarking();
                break;
            default:
                Sweep(ref budget);
                break;
        }
    }

    private static void Enter(CollectionPhase phase)
    {
        _phase = phase;
        WeakReferences.Begin();
    }

    private static void LeaveDependents()
    {
        if (WeakReferences.HasFound)
            Enter(CollectionPhase.Dependents);
        else
            Enter(_finalizersQueued ? CollectionPhase.LongWeak : CollectionPhase.ShortWeak);
        _markedBefore = Marker.MarkedObjects;
    }

    private static void EndMarking()
    {
        // What a program took out of a weak handle meanwhile may keep more alive.
        if (Marker.MarkedObjects != _markedBefore)
        {
            Enter(CollectionPhase.Dependents);
            return;
        }
        StoreLog.Close();
        MarkCheck.Run();
        EpochBefore = Epoch;
        // What was made meanwhile counts as alive.
        nuint made = HeapUsage.Allocated - _allocatedBefore;
        HeapUsage.NoteCollection(Marker.MarkedBytes + made, Marker.MarkedObjects);
        ManagedHeap.PlanNextCollection();
        LargeObjects.MakeAllDue();
        Enter(CollectionPhase.LargeSweep);
    }

    private static void Sweep(ref WorkBudget budget)
    {
        switch (_phase)
        {
            case CollectionPhase.LargeSweep:
                if (LargeObjects.Sweep(ref budget))
                    BeginSmallSweep();
                break;
            case CollectionPhase.SmallSweep:
                if (SmallSweep.Run(ref budget))
                    Enter(CollectionPhase.Release);
                break;
            case CollectionPhase.Release:
                if (!TryReleaseMore(ref budget))
                    Complete();
                break;
        }
    }

    private static void BeginSmallSweep()
    {
        SmallSweep.Begin();
        Enter(CollectionPhase.SmallSweep);
    }

    private static bool TryReleaseMore(ref WorkBudget budget)
    {
        budget.Spend(ReleaseCost);
        return MarkStack.TryReleasePage() || (_releases && RegionPages.TryReleaseSpare());
    }

    private static void Complete()
    {
        Enter(CollectionPhase.Idle);
        Completed++;
    }
}
