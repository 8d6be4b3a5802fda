using System.Runtime;

namespace Cosmos.Runtime.Native;

/// <summary>What CoreLib asks about threads and processors.</summary>
internal static unsafe class Threads
{
    // Every stack that managed code runs on has at least this many bytes.
    private const nuint SmallestStack = 256 * 1024;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong CurrentThreadId() => 1;

    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void StackBounds(nuint* lowest, nuint* highest)
    {
        *highest = Platform.StackTop();
        *lowest = *highest - SmallestStack;
    }

    [RuntimeExport("RhGetProcessCpuCount")]
    private static int ProcessorCount() => 1;

    [RuntimeExport("RhSetThreadExitCallback")]
    private static void SetThreadExitCallback(void* callback) => _ = callback;

    [RuntimeExport("RhYield")]
    private static int Yield()
    {
        Platform.Sleep(0);
        return 1;
    }

    [RuntimeExport("RhSpinWait")]
    private static void SpinWait(int iterations)
    {
        if (iterations > 0)
            Platform.Sleep(0);
    }

    [RuntimeExport("RhpGetThreadAbortException")]
    private static object? ThreadAbortException() => null;

    [RuntimeExport("RhpSetThreadDoNotTriggerGC")]
    private static void DoNotTriggerCollection()
    {
        // Collections happen inside allocations only, so there is nothing to hold off.
    }

    [RuntimeExport("RhpFallbackFailFast")]
    private static void FailFast() => Platform.Fail("The runtime gave up (fail fast).");
}
