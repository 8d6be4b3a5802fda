using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>What a child does that serves a segment.</summary>
internal static unsafe class Backers
{
    private const uint Patience = 10_000;
    private const uint Short = 300;

    private static bool _isTold;

    /// <summary>Serves, and uses what another serves once it is told of it.</summary>
    internal static int Back(SegmentId id, ProcessId parent)
    {
        Board board = Open(id);
        Served.Start();
        Publish(board, Served.Segment, parent);
        Served.Other = Readers.Open(new SegmentId(board.Await(Board.Other)));
        board.Put(Board.HasOther, 1);
        return WaitForEver();
    }

    /// <summary>Serves what it has given up, as others still have it.</summary>
    internal static int BackWithoutIt(SegmentId id, ProcessId parent)
    {
        Board board = Open(id);
        Served.Start();
        Publish(board, Served.Segment, parent);
        board.Await(Board.Other);
        Served.Segment.Dispose();
        board.Put(Board.HasOther, 1);
        return WaitForEver();
    }

    /// <summary>Is ready only after a while, or never.</summary>
    internal static int BecomeReady(SegmentId id, ProcessId parent, bool isInTime)
    {
        Publish(Open(id), Served.Prepare(BackingMode.Pages), parent);
        Clock.Sleep(Short);
        if (isInTime)
            Served.BecomeReady();
        return WaitForEver();
    }

    /// <summary>Is ready, and has no handler.</summary>
    internal static int HandleNothing(SegmentId id, ProcessId parent)
    {
        Signals.Terminate += static () => { };
        Publish(Open(id), Served.Prepare(BackingMode.Pages), parent);
        return WaitForEver();
    }

    /// <summary>Has a handler that is no code.</summary>
    internal static int HandleBadly(SegmentId id, ProcessId parent, bool isTold)
    {
        Board board = Open(id);
        if (isTold)
        {
            Signals.Handle(SignalCode.HandlerFault, static signal =>
                _isTold = signal.First == (ulong)SignalCode.ReadBackedAms);
        }
        else
        {
            new Caller().Begin(SyscallCode.Ready).Send();
        }
        new Caller().Begin(SyscallCode.HandleSignal)
            .Put((ulong)SignalCode.ReadBackedAms, sizeof(byte))
            .Put(Memory.Allocate(Memory.PageBytes).Start.Value).Send();
        Publish(board, Served.Prepare(BackingMode.Pages), parent);
        while (!_isTold)
            Clock.Sleep(1);
        return Program.Right;
    }

    /// <summary>The first thread ends when it is asked; the next one is asked again.</summary>
    internal static int LeaveToNext(SegmentId id, ProcessId parent)
    {
        Board board = Open(id);
        NativeThread.Start(&SleepLong, 0);
        Served.Start();
        Served.EndsThread = true;
        Publish(board, Served.Segment, parent);
        return WaitForEver();
    }

    private static Board Open(SegmentId id) => new(Segment.Open(id, Patience).Map().Start);

    private static void Publish(Board board, Segment segment, ProcessId parent)
    {
        segment.Share(parent, SharingMode.Read);
        board.Put(Board.Own, segment.Id.Value);
    }

    private static int WaitForEver()
    {
        Clock.Sleep(uint.MaxValue);
        return Program.Wrong;
    }

    [UnmanagedCallersOnly]
    private static uint SleepLong(ulong unused)
    {
        Clock.Sleep(uint.MaxValue);
        return 0;
    }
}
