using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>What the kernel tells a child of its shares.</summary>
internal static unsafe class Told
{
    // All fields are there once the code is.
    private static Signal _received;
    private static Signal _unshared;

    /// <summary>Hears of what comes from now on, and of what waits.</summary>
    internal static void Listen()
    {
        Signals.Handle(
            (SignalCode.RecvSharedAms, static signal => _received = signal),
            (SignalCode.UnsharedAms, static signal => _unshared = signal));
    }

    /// <summary>The child is told of a share, and of its end by the sharer's call.</summary>
    /// <returns>0 if all was as it must be, or the number of what was not.</returns>
    internal static int OfShare(SegmentId id, SharingMode mode)
    {
        Listen();
        while (_received.Code != SignalCode.RecvSharedAms)
            Clock.Sleep(1);
        ulong parent = Array.Find(Process.List(), one => one.Id == Process.Id)!.Parent.Value;
        if (_received != new Signal(
            SignalCode.RecvSharedAms, parent, id.Value, 0xC0DE, (ulong)mode << 8))
            return 1;
        Mapping mapping = Segment.TryOpen(id)!.Map();
        ulong* words = (ulong*)mapping.Start.Value;
        if (words[0] != Peer.Mark)
            return 2;
        // Lets the parent go on.
        words[1] = Peer.Mark;
        if (AwaitUnshared() != Unshared(id, UnshareReason.Syscall, Process.Id))
            return 3;
        return Process.FindRegion(Process.Id, mapping.Start) is null
            && Segment.TryOpen(id) is null ? 0 : 4;
    }

    /// <summary>The child is told of the end of those that it shares with.</summary>
    /// <returns>0 if all was as it must be, or the number of what was not.</returns>
    internal static int OfReceivers(Segment segment)
    {
        Listen();
        ProcessId one = Process.Spawn("selftest", "spin");
        segment.Share(one, SharingMode.Read);
        Process.Kill(one);
        if (AwaitUnshared() != Unshared(segment.Id, UnshareReason.Ended, one))
            return 2;
        ProcessId other = Process.Spawn("selftest", "leaver");
        segment.Share(other, SharingMode.Read);
        bool isTold =
            AwaitUnshared() == Unshared(segment.Id, UnshareReason.Syscall, other);
        // It still runs: it was its call, not its end.
        return isTold && Process.Kill(other).Reason == EndReason.Killed ? 0 : 3;
    }

    /// <summary>Gives up the segment that it is given next, and stays.</summary>
    internal static int Leave()
    {
        SegmentInbox.Open();
        SegmentInbox.Take()!.Dispose();
        while (true)
            Clock.Sleep(1000);
    }

    /// <summary>What tells so.</summary>
    internal static Signal Unshared(SegmentId id, UnshareReason reason, ProcessId about) =>
        new(SignalCode.UnsharedAms, id.Value, (ulong)reason, about.Value, 0);

    /// <summary>Waits for the end of the next share.</summary>
    internal static Signal AwaitUnshared()
    {
        while (_unshared.Code != SignalCode.UnsharedAms)
            Clock.Sleep(1);
        Signal told = _unshared;
        _unshared = default;
        return told;
    }
}
