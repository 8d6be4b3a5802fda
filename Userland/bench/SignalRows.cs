using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Bench;

/// <summary>
/// Faults that are told to the program, pages that it supplies, and threads that wait for one
/// another.
/// </summary>
internal static unsafe class SignalRows
{
    private const ulong Faults = 1_000;
    private const int Turns = 1_000;
    private const uint SuppliedPages = 1_000;

    internal static readonly Row[] All =
    [
        new("memory fault to a handler and back", 3_603, 900, FaultToHandler),
        new("user-supplied page, round trip", 12_381, 3_000, c => Serve(c, BackingMode.Pages)),
        // Linux has no counterpart; nothing is set.
        new("user-served load, round trip", 0, 0, c => Serve(c, BackingMode.Accesses)),
        new("thread switch and back, by words", 7_028, 1_200, SwitchAndBack),
    ];

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct HandleBlock(SignalCode signal, ulong handler)
    {
        private readonly SyscallCode _code = SyscallCode.HandleSignal;
        private readonly SignalCode _signal = signal;
        private readonly ulong _handler = handler;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct BackBlock(ulong bytes, BackingMode mode)
    {
        private readonly SyscallCode _code = SyscallCode.BackedAms;
        private readonly ulong _bytes = bytes;
        private readonly BackingMode _mode = mode;
    }

    private struct Touches
    {
        internal ulong Start;
        internal ulong Ticks;
        internal uint IsDone;
    }

    private static ulong FaultToHandler(Counter counter)
    {
        Pages pages = Memory.Allocate(2 * Memory.PageBytes);
        pages[0] = 1;
        ulong hole = pages.Start.Value + Memory.PageBytes;
        Memory.Free(new Address(hole), Memory.PageBytes);
        Syscall.Invoke(new HandleBlock(SignalCode.MemFault, FaultHandler()));
        Syscall.Invoke((byte)SyscallCode.Ready);
        ulong one = counter.MeasureOnce(() => MakeFaults(1, hole));
        ulong all = counter.MeasureOnce(() => MakeFaults(Faults + 1, hole));
        Signals.Unhandle(SignalCode.MemFault);
        Memory.Free(pages.Start, Memory.PageBytes);
        return (all - one) / Faults;
    }

    // Another thread touches the pages, and this one is interrupted to supply them, or the loads.
    private static ulong Serve(Counter counter, BackingMode mode)
    {
        nuint bytes = (nuint)(SuppliedPages + 1) * Memory.PageBytes;
        using Pages source = Memory.Allocate(Memory.PageBytes);
        source[0] = 1;
        ulong handler = SupplyHandler(source.Start.Value);
        Syscall.Invoke(new HandleBlock(SignalCode.ReadBackedAms, handler));
        Syscall.Invoke((byte)SyscallCode.Ready);
        ulong id = Syscall.Invoke(new BackBlock(bytes, mode))
            .OrThrow(SyscallCode.BackedAms).Value0;
        using Segment segment = Segment.TryOpen(new SegmentId(id))!;
        ulong start = segment.Map().Start.Value;
        ulong figure = TouchInThread(start, counter);
        Signals.Unhandle(SignalCode.ReadBackedAms);
        return figure;
    }

    // The thread looks at the counter itself, so that its start and end do not count.
    private static ulong TouchInThread(ulong start, Counter counter)
    {
        Touches* touches = stackalloc Touches[1];
        touches->Start = start;
        NativeThread thread = NativeThread.Start(&TouchPages, (ulong)touches);
        // A long sleep that is interrupted for each page; the last one ends by itself.
        while (Volatile.Read(ref touches->IsDone) == 0)
            Clock.Sleep(20);
        thread.Join();
        return counter.InstructionsFor(touches->Ticks) / SuppliedPages;
    }

    [UnmanagedCallersOnly]
    private static uint TouchPages(ulong work)
    {
        Touches* touches = (Touches*)work;
        ulong sum = Volatile.Read(ref *(ulong*)touches->Start);
        ulong at = touches->Start + Memory.PageBytes;
        ulong before = Counter.Read();
        for (uint i = 0; i < SuppliedPages; i++)
        {
            sum += Volatile.Read(ref *(ulong*)at);
            at += Memory.PageBytes;
        }
        touches->Ticks = Counter.Read() - before;
        Volatile.Write(ref touches->IsDone, 1);
        return (uint)sum;
    }

    // Even numbers are this thread's turn.
    private static ulong SwitchAndBack(Counter counter)
    {
        using Pages pages = Memory.Allocate(Memory.PageBytes);
        Address word = pages.Start;
        NativeThread thread = NativeThread.Start(&TakeOddTurns, word.Value);
        uint turn = 0;
        ulong figure = counter.Measure(Turns, () => turn = PassOn(word, turn));
        Volatile.Write(ref *(uint*)word.Value, uint.MaxValue);
        MemoryWord.Wake(word);
        thread.Join();
        return figure;
    }

    // Gives the turn to the other and waits until it comes back; gives what it is then.
    private static uint PassOn(Address word, uint turn)
    {
        Volatile.Write(ref *(uint*)word.Value, turn + 1);
        MemoryWord.Wake(word);
        uint now;
        while ((now = Volatile.Read(ref *(uint*)word.Value)) == turn + 1)
            MemoryWord.Wait(word, now);
        return now;
    }

    [UnmanagedCallersOnly]
    private static uint TakeOddTurns(ulong place)
    {
        Address word = new(place);
        uint turn;
        while ((turn = Volatile.Read(ref *(uint*)place)) % 2 == 0)
            MemoryWord.Wait(word, turn);
        while (turn != uint.MaxValue)
            turn = PassOn(word, turn);
        return 0;
    }

    [RuntimeImport("*", "BenchFaults")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void MakeFaults(ulong count, ulong hole);

    [RuntimeImport("*", "BenchSupplyHandler")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong SupplyHandler(ulong page);

    [RuntimeImport("*", "BenchFaultHandler")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong FaultHandler();
}
