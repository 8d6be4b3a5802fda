using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>
/// Processes, regions, segments, shares and what is in memory in plain lists, beside the kernel:
/// each step has a real process do something, and compares what it gives and sees.
/// </summary>
internal sealed partial class World
{
    /// <summary>Bytes of a page, as calls take them.</summary>
    internal const ulong Page = Memory.PageBytes;

    private const int PeerCount = 4;

    // The lowest page that a process can have, and an address that is no one's.
    private const ulong LowestPage = 16;
    private const ulong NoAddress = 1ul << 63;

    // No process of before had such a number: numbers of peers of earlier rounds are not used.
    private static uint _lastNumber;

    private readonly List<ModelProcess> _processes = [];
    private readonly List<ModelSegment> _segments = [];
    private uint _marks;

    internal World()
    {
        for (int i = 0; i < PeerCount; i++)
            _processes.Add(StartProcess(i));
    }

    internal IReadOnlyList<ModelProcess> Processes => _processes;

    internal IReadOnlyList<ModelSegment> Segments => _segments;

    /// <summary>What the process should have been told, it was.</summary>
    internal static void CompareSignals(ModelProcess process) => process.Signals.Compare();

    /// <summary>
    /// All processes that were started have come to wait for what they are told, and there is
    /// room to note what they do: memory may run out.
    /// </summary>
    internal void PrepareForHunger()
    {
        const int Room = 32;
        foreach (ModelSegment segment in _segments)
            segment.Seen.EnsureCapacity(segment.Seen.Count + Room);
        foreach (ModelProcess process in _processes)
        {
            process.Traces.MakeRoom();
            foreach (ModelRegion region in process.Regions)
                region.Own.EnsureCapacity(region.Own.Count + Room);
            process.Peer.Begin(SyscallCode.GetPid);
            Expect(process, $"GET_PID", ErrorCode.None);
        }
    }

    /// <summary>Ends all processes, whatever state they are in.</summary>
    internal void Clear()
    {
        Hunger.Stop();
        // Copies have no parent that the driver could ask; they go while they can be told to.
        foreach (ModelProcess process in _processes.FindAll(p => p.Peer.Kind == PeerKind.Copy))
            Dismiss(process.Peer);
        foreach (ModelProcess process in _processes)
        {
            bool isChild = process.Peer.Kind == PeerKind.Child;
            if (isChild && !process.Peer.IsWaitedFor && !Process.TryWait(process.Id, 0, out _))
                Process.Kill(process.Id);
            process.Peer.Forget();
        }
        _processes.Clear();
        _segments.Clear();
    }

    private static void Dismiss(Peer peer)
    {
        const int MostLooks = 1000;
        peer.Give(OrderKind.Exit, 0, 0);
        for (int i = 0; i < MostLooks && peer.IsRunning; i++)
            Clock.Sleep(1);
    }

    // The last one may not drive the device.
    private static ModelProcess StartProcess(int place)
    {
        bool mayDrive = VideoMemory.Device is not null && place != PeerCount - 1;
        DeviceId[] devices = mayDrive ? [VideoMemory.Device!.Id] : [];
        return new ModelProcess(++_lastNumber, Peer.Start(devices)) { MayDrive = mayDrive };
    }

    // What came of it; that may be a lack of memory when there is one.
    private static ErrorCode Expect(
        ModelProcess process, FormattableString what, ErrorCode expected,
        ModelBacking? supplier = null)
    {
        ErrorCode actual = process.Peer.Send();
        bool isLack = actual == ErrorCode.NoMemory
            && Hunger.Allows(process.Peer.Call, supplier);
        if (actual != expected && !isLack)
            Check.Equal(FormattableString.Invariant(what), expected, actual);
        return actual;
    }
}
