using System;
using System.Globalization;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>Starts this program again as a child, and judges its end.</summary>
internal sealed class Children(Checks checks)
{
    internal Checks Checks { get; } = checks;

    /// <summary>Starts a child that is given a segment.</summary>
    internal static ProcessId Start(
        string mode, Segment segment, ulong number, SharingMode rights = SharingMode.Read)
    {
        ProcessId child = Process.Spawn(
            Program.Name, mode, segment.Id.ToString(),
            number.ToString(CultureInfo.InvariantCulture));
        segment.Share(child, rights);
        return child;
    }

    /// <summary>A child says that all is right.</summary>
    internal void Exits(
        string mode, Segment segment, ulong number, string name,
        SharingMode rights = SharingMode.Read) =>
        Exits(Start(mode, segment, number, rights), $"{name} ({mode} {number}");

    /// <summary>The same of one that was started before.</summary>
    internal void Exits(ProcessId child, string name)
    {
        ProcessEnd end = Process.Wait(child);
        Checks.That($"{name}: {end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
    }

    /// <summary>A child that reads a page is ended for it.</summary>
    internal void Faults(Segment segment, ulong page, string name) =>
        Faults(Start("read", segment, page), $"{name} (read {page}");

    /// <summary>The same of one that was started before.</summary>
    internal void Faults(ProcessId child, string name) =>
        Judge(Process.Wait(child), name, FaultKind.Read);

    /// <summary>
    /// A child has been ended for a fault; one that goes on all the same is ended now.
    /// </summary>
    internal void HasFaulted(ProcessId child, string name, FaultKind kind = FaultKind.Read) =>
        Judge(Process.Kill(child), name, kind);

    /// <summary>The last line of the log that tells of an end says this.</summary>
    internal void Reports(string words)
    {
        string[] lines = KernelLog.Read().Split('\n');
        string? last = Array.FindLast(
            lines, line => line.Contains(" ended: ", StringComparison.Ordinal));
        Checks.That($"the log says \"{words}\" ({last})",
            last is not null && last.Contains(words, StringComparison.Ordinal));
    }

    private void Judge(ProcessEnd end, string name, FaultKind kind)
    {
        Checks.That($"{name}: {end})", end.Reason == EndReason.Faulted && end.Fault == kind);
    }
}
