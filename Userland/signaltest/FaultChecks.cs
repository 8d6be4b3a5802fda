using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Signaltest;

/// <summary>Memory faults: who is told, of what, and when it is the end all the same.</summary>
internal sealed class FaultChecks(Checks checks)
{
    internal void Run()
    {
        Exits("read", "a read is told with its address");
        Exits("write", "a write to code is told with its address");
        Exits("execute", "a jump is told with its address");
        Exits("again", "the instruction is tried again after the handler");
        Faults("give-up", FaultKind.Read, "without a handler any more the next fault ends it");
        Faults("not-ready", FaultKind.Read, "a fault before READY ends it");
        Exits("bad-handler", "a handler that cannot be run is told to HANDLER_FAULT");
        Faults("bad-handlers", FaultKind.Execute, "without HANDLER_FAULT it is the end");
        Exits("fault-in-handler", "a fault in the handler is told to HANDLER_FAULT");
        Faults("fault-in-handler-alone", FaultKind.Write, "without HANDLER_FAULT it is the end");
        Faults("fault-in-last", FaultKind.Execute, "a fault in HANDLER_FAULT's own is the end");
        Exits("thread-fault", "a fault of another thread is told to the first");
        Faults("thread-fault-alone", FaultKind.Write, "or ends the process");
    }

    private void Exits(string mode, string name)
    {
        ProcessEnd end = Process.Wait(Process.Spawn(Program.Name, mode));
        checks.That($"{name} ({mode}: {end})",
            end.Reason == EndReason.Exited && end.Data == Children.Told);
    }

    private void Faults(string mode, FaultKind kind, string name)
    {
        ProcessEnd end = Process.Wait(Process.Spawn(Program.Name, mode));
        checks.That($"{name} ({mode}: {end})",
            end.Reason == EndReason.Faulted && end.Fault == kind);
    }
}
