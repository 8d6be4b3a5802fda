using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Signaltest;

/// <content>Those that are to end, and the signals that say so.</content>
internal static unsafe partial class Children
{
    // Within which the parent sees the child wait, and sends it a signal.
    private const uint Long = 1_000;

    private static uint _delay;

    private static int WaitForEver()
    {
        Clock.Sleep(uint.MaxValue);
        return NotStopped;
    }

    // It waits in a system call when it is told.
    private static int Obey()
    {
        Signals.WillTerminate += static delay => Process.Exit(delay);
        return WaitForEver();
    }

    private static int Disobey()
    {
        Signals.WillTerminate += static _ => { };
        return WaitForEver();
    }

    // A handler that faults is interrupted by the other: its own end would never come.
    private static int FaultWhileTold()
    {
        Signals.WillTerminate += static delay =>
        {
            _delay = delay;
            Trespass.Read(Nowhere);
        };
        Signals.MemoryFault += static (_, _) => Process.Exit(_delay);
        return WaitForEver();
    }

    private static int BecomeReadyLate()
    {
        // Were it told before it is ready, it would run what is no handler.
        SetHandler(SignalCode.WillTerminate, OwnLayout.Code.Value);
        Clock.Sleep(Long);
        Signals.WillTerminate += static delay => _delay = delay;
        return (int)_delay;
    }

    // The wait is begun again after the handler, and sees what that has changed.
    private static int StartOver()
    {
        Address word = Memory.Allocate(Memory.PageBytes).Start;
        Signals.WillTerminate += delay => *(uint*)word.Value = delay;
        MemoryWord.Wait(word, 0);
        return (int)Volatile.Read(ref *(uint*)word.Value);
    }

    private static int AwaitTerminate()
    {
        Signals.Terminate += static () => Process.Exit(Told);
        return WaitForEver();
    }

    private static int StartOrphan()
    {
        ProcessId child = Process.Spawn(Program.Name, "orphan");
        EndChecks.AwaitWaiting(child);
        return (int)child.Value;
    }
}
