using System;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Signaltest;

/// <summary>WILL_TERMINATE and TERMINATE, to children that wait in a system call.</summary>
internal sealed class EndChecks(Checks checks)
{
    private const ushort Delay = 30_000;
    private const ushort Short = 100;

    internal void Run()
    {
        Ends("obey", Delay, EndReason.Exited, Delay, "a child that handles it ends by itself");
        Ends("obey", 0, EndReason.Killed, 0, "without a delay nobody is asked");
        Ends("no-handler", Delay, EndReason.Killed, 0, "who does not handle it ends at once");
        Ends("fault-while-told", Delay, EndReason.Exited, Delay,
            "a fault in the handler of another signal is told");
        Ends("start-over", Delay, EndReason.Exited, Delay,
            "a wait starts over after the handler");
        Ends("late-ready", Delay, EndReason.Exited, Delay,
            "a signal waits until the process is ready");
        TimeSpan start = Clock.Uptime;
        Ends("disobey", Short, EndReason.Killed, 0, "who does not end is ended");
        checks.That("but not before the time has passed",
            Clock.Uptime - start >= TimeSpan.FromMilliseconds(Short));
        TryOrphan();
    }

    /// <summary>Waits until a process waits for something.</summary>
    internal static void AwaitWaiting(ProcessId process)
    {
        while (!Array.Exists(
            Process.List(), one => one.Id == process && one.State == ProcessState.Waiting))
            Clock.Sleep(1);
    }

    private void Ends(string mode, ushort delay, EndReason reason, ulong data, string name)
    {
        ProcessId child = Process.Spawn(Program.Name, mode);
        AwaitWaiting(child);
        ProcessEnd end = Process.Kill(child, delay);
        checks.That($"{name} ({mode}: {end})", end.Reason == reason && end.Data == data);
    }

    // TERMINATE comes when the parent has ended; then there is nobody to be told of the end.
    private void TryOrphan()
    {
        ProcessEnd parent = Process.Wait(Process.Spawn(Program.Name, "parent"));
        TimeSpan start = Clock.Uptime;
        bool isThere = true;
        while (isThere && Clock.Uptime - start < TimeSpan.FromMilliseconds(Delay))
        {
            Clock.Sleep(1);
            isThere = Array.Exists(Process.List(), one => one.Id.Value == parent.Data);
        }
        checks.That("a child is told that its parent has ended", !isThere);
    }
}
