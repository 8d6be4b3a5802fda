using System.Globalization;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>Children that are served by this process.</summary>
internal sealed class ReaderChecks(Checks checks)
{
    private static readonly (ulong Page, string Name)[] _refused =
    [
        (Served.OutOfRange, "what is out of range"),
        (Served.Broken, "a hardware fault"),
        (Served.NoAnswer, "an answer that does not exist"),
        (Served.Nowhere, "a page that is nowhere"),
        (Served.Unaligned, "what is not the start of a page"),
        (Served.OfKernel, "a page of the kernel's"),
        (Served.Unserved, "a page that would have to be served"),
        (Served.Late, "a late answer"),
    ];

    // Pages that OwnChecks leaves alone.
    private const uint Untouched = 20;

    internal void Run()
    {
        uint asked = Served.Asked;
        Exits("read-all", Untouched, "a child reads many pages");
        checks.Equal("each was asked for once", asked + Untouched, Served.Asked);
        foreach ((ulong page, string name) in _refused)
        {
            Faults("read", page, $"{name} is a fault");
            Exits("read-told", page, $"{name} is told to a handler");
        }
    }

    private void Exits(string mode, ulong number, string name)
    {
        ProcessEnd end = Run(mode, number);
        checks.That($"{name} ({mode} {number}: {end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
    }

    private void Faults(string mode, ulong number, string name)
    {
        ProcessEnd end = Run(mode, number);
        checks.That($"{name} ({mode} {number}: {end})",
            end.Reason == EndReason.Faulted && end.Fault == FaultKind.Read);
    }

    private static ProcessEnd Run(string mode, ulong number)
    {
        ProcessId child = Process.Spawn(
            Program.Name, mode, Served.Segment.Id.ToString(),
            number.ToString(CultureInfo.InvariantCulture));
        Served.Segment.Share(child, SharingMode.Read);
        return Process.Wait(child);
    }
}
