using System.Runtime;

namespace Cosmos.Runtime.Native;

/// <summary>
/// CoreLib's waitable monitor. With one thread an image, a wait can only end by its time limit:
/// one without a limit would never end, which is reported as what it is, a deadlock.
/// </summary>
internal static unsafe class Monitors
{
    [RuntimeExport("SystemNative_LowLevelMonitor_Create")]
    private static byte* Create()
    {
        // A monitor has no state here and is never read through; it only must not be null.
        return (byte*)1;
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_Destroy")]
    private static void Destroy(byte* monitor) => _ = monitor;

    [RuntimeExport("SystemNative_LowLevelMonitor_Acquire")]
    private static void Acquire(byte* monitor) => _ = monitor;

    [RuntimeExport("SystemNative_LowLevelMonitor_Release")]
    private static void Release(byte* monitor) => _ = monitor;

    [RuntimeExport("SystemNative_LowLevelMonitor_Signal_Release")]
    private static void SignalAndRelease(byte* monitor) => _ = monitor;

    [RuntimeExport("SystemNative_LowLevelMonitor_Wait")]
    private static void Wait(byte* monitor)
    {
        _ = monitor;
        Platform.Fail("Deadlock: the only thread waits for another one.");
    }

    [RuntimeExport("SystemNative_LowLevelMonitor_TimedWait")]
    private static int TimedWait(byte* monitor, int milliseconds)
    {
        _ = monitor;
        Platform.Sleep((uint)milliseconds);
        return 0;
    }
}
