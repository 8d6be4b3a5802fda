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

    /// <summary>Moves the dead to the queue and keeps them for their finalisers.</summary>
    internal static void QueueDead()
    {
        for (int i = 0; i < _ready.Count; i++)
            Marker.Mark(_ready[i]);
        int kept = 0;
        for (int i = 0; i < _registered.Count; i++)
        {
            nint reference = _registered[i];
            if (Marker.IsMarked(reference) || !_ready.Add(reference))
                _registered[kept++] = reference;
        }
        _registered.Truncate(kept);
        for (int i = 0; i < _ready.Count; i++)
            Marker.Mark(_ready[i]);
        Marker.Drain();
    }

    /// <summary>Runs what is queued, on the caller's stack.</summary>
    internal static void RunReady()
    {
        if (_running || _ready.Count == 0)
            return;
        _running = true;
        DrainQueue(null);
        _running = false;
    }

    [RuntimeExport("RhpGetNextFinalizableObject")]
    private static nint NextReady() => _ready.Count == 0 ? 0 : _ready.Pop();

    [RuntimeExport("RhSuppressFinalize")]
    private static void Suppress(nint reference)
    {
        // From the end: what is suppressed was most often made not long ago.
        for (int i = _registered.Count - 1; i >= 0; i--)
        {
            if (_registered[i] != reference)
                continue;
            _registered.RemoveAt(i);
            return;
        }
    }

    [RuntimeExport("RhReRegisterForFinalize")]
    private static void Reregister(nint reference) => _ = Register(reference);

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
