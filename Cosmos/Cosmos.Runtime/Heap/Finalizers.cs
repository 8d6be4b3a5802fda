using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>Objects with finalisers, and those whose finaliser is to run.</summary>
internal static unsafe class Finalizers
{
    private static PageList<nint> _registered;
    private static PageList<nint> _ready;
    private static bool _running;

    /// <summary>Registers a new object; false when there is no memory for it.</summary>
    internal static bool Register(nint reference) => _registered.Add(reference);

    /// <summary>Marks what waits for its finaliser.</summary>
    internal static void MarkReady()
    {
        for (int i = 0; i < _ready.Count; i++)
            Marker.Mark(_ready[i]);
    }

    /// <summary>Moves the dead to the queue and keeps them for their finalisers.</summary>
    internal static void QueueDead()
    {
        int kept = 0;
        int queued = _ready.Count;
        for (int i = 0; i < _registered.Count; i++)
        {
            nint reference = _registered[i];
            bool isDead = !Marker.IsMarked(reference);
            if (isDead && TakeSuppression(reference))
                continue;
            if (!isDead || !_ready.Add(reference))
                _registered[kept++] = reference;
        }
        _registered.Truncate(kept);
        for (int i = queued; i < _ready.Count; i++)
            Marker.Mark(_ready[i]);
        // Without memory for the queue, the dead wait for their finalisers where they were.
        for (int i = 0; i < kept; i++)
            Marker.Mark(_registered[i]);
        Marker.Drain();
    }

    /// <summary>Runs what is queued, on the caller's stack.</summary>
    /// <returns>Whether there was anything to run.</returns>
    internal static bool RunReady()
    {
        if (_running || _ready.Count == 0)
            return false;
        _running = true;
        DrainQueue(null);
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
