using System.Globalization;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>Others that use the device: children, and another thread.</summary>
/// <param name="checks">The count.</param>
/// <param name="place">Where the device is mapped here.</param>
internal sealed unsafe class UserChecks(Checks checks, ulong place)
{
    internal void Run()
    {
        TryThread();
        Exits("use", 0, "a child finds all as it should be");
        Exits("load", Device.Slow, "a device may be slow");
        TryFailures();
        TryUnknown();
        TryInterruption();
        TryDeath();
    }

    // Served by the first thread, which waits meanwhile.
    private void TryThread()
    {
        Cells.Store64(place, 77);
        checks.Equal("another thread is served", 78, NativeThread.Start(&AddOne, place).Join());
        checks.Equal("to the end", 78, Cells.Load64(place));
    }

    private void TryFailures()
    {
        Faults("load", Device.Broken, FaultKind.Read, "a hardware fault");
        Faults("store", Device.OutOfRange, FaultKind.Write, "a store that is out of range");
        Faults("load", Device.NoAnswer, FaultKind.Read, "an answer that does not exist");
        Faults("store", Device.Late, FaultKind.Write, "a late answer");
        Exits("load", Device.Slow, "the next one is answered");
        Exits("told", Device.Broken, "a handler is told of a failure");
        Device.Reset();
        Faults("read-only", 0, FaultKind.Write, "a store to what is mapped to be read");
        checks.Equal("nobody is asked about that", 0, (ulong)Device.Count);
        Exits("half", 0, "half of 16 bytes");
        checks.Equal("both were asked for, once each", 2, (ulong)Device.Count);
    }

    private void TryUnknown()
    {
        Device.Reset();
        Faults("unknown", 0, FaultKind.Read, "a load that is not performed");
        Faults("unknown", 1, FaultKind.Read, "a sum that is not performed");
        checks.Equal("nobody is asked about those", 0, (ulong)Device.Count);
    }

    // The device itself sends the signal, while it is at the child's store.
    private void TryInterruption()
    {
        Segment note = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        ProcessId child = Spawn("interrupted", 0);
        Device.Interruption = () => note.TryShare(child, SharingMode.Read);
        Device.Segment.Share(child, SharingMode.Read | SharingMode.Write);
        Device.Reset();
        ProcessEnd end = Process.Wait(child);
        checks.That($"a signal comes in between ({end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
        checks.Equal("each access is told once", 3, (ulong)Device.Count);
    }

    private void TryDeath()
    {
        ProcessId user = Process.Spawn(Program.Name, "wait");
        ProcessId device = Process.Spawn(
            Program.Name, "serve", user.Value.ToString(CultureInfo.InvariantCulture));
        ProcessEnd end = Process.Wait(device);
        checks.That($"a device ends ({end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
        end = Process.Wait(user);
        checks.That($"who uses it gets a fault ({end})",
            end.Reason == EndReason.Faulted && end.Fault == FaultKind.Read);
    }

    private void Exits(string mode, ulong number, string name)
    {
        ProcessEnd end = Run(mode, number);
        checks.That($"{name} ({mode} {number}: {end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
    }

    private void Faults(string mode, ulong number, FaultKind fault, string name)
    {
        ProcessEnd end = Run(mode, number);
        checks.That($"{name} ({mode} {number}: {end})",
            end.Reason == EndReason.Faulted && end.Fault == fault);
    }

    private static ProcessEnd Run(string mode, ulong number)
    {
        ProcessId child = Spawn(mode, number);
        Device.Segment.Share(child, SharingMode.Read | SharingMode.Write);
        return Process.Wait(child);
    }

    private static ProcessId Spawn(string mode, ulong number) => Process.Spawn(
        Program.Name, mode, Device.Segment.Id.ToString(),
        number.ToString(CultureInfo.InvariantCulture));

    [UnmanagedCallersOnly]
    private static uint AddOne(ulong place)
    {
        Uses.Add(place, 1);
        return (uint)Cells.Load64(place);
    }
}
