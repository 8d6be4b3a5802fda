using System;
using Cosmos.Runtime.Heap;
using MemOS.Boot;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Syscalls;

namespace MemOS.Mapping;

/// <summary>
/// The collection of the kernel's garbage, in slices: one at each tick of the timer, one for each
/// piece that the heap grows by meanwhile, and one for each time that a thread makes a call again
/// which was put off for it. So it keeps up with those who make garbage and with those who wait
/// for it, in the time of those threads; and between two slices interrupts and others have theirs.
/// </summary>
internal static class HeapCollection
{
    // Instructions, about: with what else is done in an entry, well below 200,000.
    private const long SliceWork = 60_000;

    // Less garbage than this gives no pages back.
    private const int WorthCollecting = 256 * 1024;

    // So little that all kinds of entries come between the slices of each collection.
    private const long StressedWork = 2_000;

    // Different sizes of what finalisers make. The kernel has those of the class library alone,
    // whose pool of arrays asks about the heap after a collection.
    private const uint FinalizersSizes = 6;

    private static bool _isStressed;

    /// <summary>Whether collections follow one another, in tiny slices, and are checked.</summary>
    internal static bool IsStressed => _isStressed;

    /// <summary>How many slices were done since the start.</summary>
    internal static uint Slices { get; private set; }

    /// <summary>Sees what the boot menu asks for.</summary>
    internal static void Start()
    {
        _isStressed = CommandLine.Has("stress-collector");
        if (!_isStressed)
            return;
        ManagedHeap.ChecksMarks = true;
        Cpu.AlwaysRequestEmptyStackWork();
    }

    /// <summary>Does a slice, if there is one to do. The stack must be empty.</summary>
    internal static void DoSlice()
    {
        bool isWorth = HeapWindow.IsLow && HeapUsage.Allocated > WorthCollecting;
        if (!ManagedHeap.IsCollecting && (isWorth || _isStressed))
            GC.Collect();
        if (ManagedHeap.IsCollecting)
            Slices++;
        ManagedHeap.CollectInPart(_isStressed ? StressedWork : SliceWork);
        if (ManagedHeap.HasFinalizersReady && !ManagedHeap.IsCollecting)
            RunFinalizers();
    }

    /// <summary>The heap grows: a collection that is under way is to keep up with it.</summary>
    internal static void KeepUp()
    {
        if (ManagedHeap.IsCollecting)
            Cpu.RequestEmptyStackWork();
    }

    /// <summary>Tells how many collections were checked, if they were.</summary>
    internal static void Report()
    {
        if (_isStressed)
            Log.Info($"collector: {ManagedHeap.MarksChecked} collections were checked");
    }

    // They wait while there is too little for what they make.
    private static void RunFinalizers()
    {
        if (!HeapWindow.IsSure(HeapNeed.ToGiveBack(FinalizersSizes)))
            return;
        ulong before = HeapUsage.AllocatedEver;
        ManagedHeap.RunFinalizers();
        MemoryShortage.PassOver(HeapUsage.AllocatedEver - before);
    }
}
