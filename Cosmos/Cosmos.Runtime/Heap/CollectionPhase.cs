namespace Cosmos.Runtime.Heap;

/// <summary>How far a collection is. They follow one another in this order.</summary>
internal enum CollectionPhase
{
    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>What statics, handles and the image's objects refer to is being marked.</summary>
    Roots,

    /// <summary>What is marked is being followed.</summary>
    Marking,

    /// <summary>What dependent handles hold is being marked.</summary>
    Dependents,

    /// <summary>Weak handles are being cleared that don't wait for finalisers.</summary>
    ShortWeak,

    /// <summary>
    /// Dead objects with finalisers are being queued, and marked: Marking comes again after it.
    /// </summary>
    Finalizers,

    /// <summary>The other weak handles are being cleared.</summary>
    LongWeak,

    /// <summary>Dependent handles of the dead are being cleared; marking ends with it.</summary>
    DeadDependents,

    /// <summary>Dead large objects are being given back.</summary>
    LargeSweep,

    /// <summary>Blocks of the dead are being made free.</summary>
    SmallSweep,

    /// <summary>Memory that nothing is in is being given back.</summary>
    Release,
}
