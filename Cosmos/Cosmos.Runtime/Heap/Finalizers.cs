using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Cosmos.Runtime.Exceptions;

namespace Cosmos.Runtime.Heap;

/// <summary>Objects with finalisers, and those whose finaliser is to run.</summary>
internal static unsafe class Finalizers
{
    private const int LookCost = 20;

    private static PageList<nint> _registered;
    private static PageList<nint> _ready;
    private static bool _running;

    // How many registered objects the collection under way has not looked at.
    private static int _unseen;

    /// <summary>Registers a new object; false when there is no memory for it.</summary>
    internal static bool Register(nint reference)
    {
        // One that is registered again may not have been found alive yet.
        StoreLog.Add(reference);
        return _registered.Add(reference);
    }

    /// <summary>Number of objects whose finaliser is to run.</summary>
    internal static int ReadyCount => _ready.Count;

    /// <summary>One of them.</summary>
    internal static nint ReadyAt(int index) => _ready[index];

    /// <summary>Begins a collection.</summary>
    internal static void Begin() => _unseen = _registered.Count;

    /// <summary>
    /// Moves the dead to the queue, as far as the budget goes, and marks them for their finalisers.
    /// </summary>
    /// <returns>Whether all were looked at.</returns>
    internal static bool QueueDead(ref WorkBudget budget)
    {
        // From the end: what takes the place of one that goes was looked at before, or is new.
        for (; _unseen > 0 && !budget.IsSpent; _unseen--)
        {
            budget.Spend(LookCost);
            nint reference = _registered[_unseen - 1];
            if (Marker.IsMarked(reference))
                continue;
            bool runs = !TakeSuppression(reference);
            // Without memory for the queue, the dead wait for their finalisers where they are.
            bool stays = runs && !_ready.Add(reference);
            if (runs)
                Marker.Mark(reference);
            if (stays)
                continue;
            nint last = _registered.Pop();
            if (_unseen - 1 < _registered.Count)
                _registered[_unseen - 1] = last;
        }
        return _unseen == 0;
    }

    /// <summary>Whether any is queued.</summary>
    internal static bool HasReady => _ready.Count != 0;

    /// <summary>Runs what is queued, on the caller's stack.</summary>
    /// <returns>Whether there was anything to run.</returns>
    internal static bool RunReady()
    {
        if (_running || _ready.Count == 0)
            return false;
        _running = true;
        try
        {
            DrainQueue(null);
        }
        catch (Exception exception)
        {
            // It is not the business of whoever happened to allocate just now.
            UnhandledException.Fail(exception);
        }
        _running = false;
        return true;
    }

    [RuntimeExport("RhpGetNextFinalizableObject")]
    private static nint NextReady() => _ready.Count == 0 ? 0 : _ready.Pop();

    [RuntimeExport("RhSuppressFinalize")]
    private static void Suppress(nint reference) =>
        ObjectHeader.Of(reference)->SyncBlock |= ObjectHeader.FinalizerSuppressed;

    [RuntimeExport("RhReRegisterForFinalize")]
    private static void Reregister(nint reference)
    {
        if (!TakeSuppression(reference) && !Register(reference))
            Platform.Fail("No memory to register a finaliser.");
    }

    // What was suppressed is still registered, until a collection finds it dead.
    private static bool TakeSuppression(nint reference)
    {
        ObjectHeader* block = ObjectHeader.Of(reference);
        bool wasSuppressed = (block->SyncBlock & ObjectHeader.FinalizerSuppressed) != 0;
        block->SyncBlock &= ~ObjectHeader.FinalizerSuppressed;
        return wasSuppressed;
    }

    [RuntimeExport("RhWaitForPendingFinalizers")]
    private static void WaitForPending(int allowReentrantWait)
    {
        _ = allowReentrantWait;
        RunReady();
    }

    // CoreLib's finaliser thread, which nothing starts here, would wait with these.
    [RuntimeExport("RhpWaitForFinalizerRequest")]
    private static uint WaitForRequest() => 0;

    [RuntimeExport("RhpSignalFinalizationComplete")]
    private static void SignalComplete(uint count, int collections)
    {
        _ = count;
        _ = collections;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "DrainQueue")]
    private static extern uint DrainQueue(
        [UnsafeAccessorType("System.Runtime.__Finalizer, System.Private.CoreLib")] object? type);
}
