using System;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <content>Processes, threads and words.</content>
internal sealed unsafe partial class Makings
{
    private const uint ExitData = 0x0BAD_CAFE;
    private const ushort LongEnough = 60_000;
    private const ulong ArgumentsAt = 64;
    private const uint Many = 700;

    // Where a copy of the process says that its second thread runs.
    private const ulong Begun = 2 * sizeof(int);

    private static Caller? _exitOfSecond;

    private static readonly byte[] _program = "selftest"u8.ToArray();
    private static readonly byte[] _exit = "exit\0"u8.ToArray();

    // Of a page that stays: the name of this program, and its arguments.
    private readonly ulong _name;

    private Making Copying() => Copying("CREATE_PROCESS", static () => { });

    // In pieces.
    private Making CopyingMany() => Copying(
        "CREATE_PROCESS of many regions", () => _many ??= new ManyRegions(Many));

    private Making Copying(string name, Action prepare) => new(
        name,
        _ =>
        {
            prepare();
            _bench.Begin(SyscallCode.CreateProcess).Put(0);
        },
        () =>
        {
            ErrorCode error = _bench.Caller.Send();
            if (error == ErrorCode.None && _bench.Caller.Value1 == 1)
                Process.Exit(0);
            return error;
        },
        static (_, child) => Process.Wait(new ProcessId(child)));

    private Making Spawning() => Calling(
        "SPAWN",
        _ => BeginSpawn(_exit, 0),
        static (_, child) => Process.Wait(new ProcessId(child)));

    // A copy of the process ends once it is told, which it is when memory is short. What it needs
    // for that it makes before.
    private Making Ending(string name, Func<ulong, Action> prepare, EndReason reason)
    {
        // Safe, here and below: a page that the copies have as well and that stays.
        int* told = (int*)Segment.Capture(Memory.Allocate(Memory.PageBytes))
            .Original!.Start.Value;
        return new Making(
            name,
            _ =>
            {
                told[0] = 0;
                told[1] = 0;
                told[2] = 0;
                ProcessId? child = Process.Copy();
                if (child is null)
                {
                    Action end = prepare((ulong)told);
                    Volatile.Write(ref told[1], 1);
                    WaitFor((ulong)told);
                    end();
                }
                WaitFor((ulong)(told + 1));
                _bench.Begin(SyscallCode.WaitChildProcess).Put(child!.Value.Value)
                    .Put(LongEnough, sizeof(ushort));
            },
            () =>
            {
                Volatile.Write(ref told[0], 1);
                ErrorCode error = _bench.Caller.Send();
                bool isRight = _bench.Caller.Value1 == (ulong)reason
                    && (reason != EndReason.Exited || _bench.Caller.Value0 == ExitData);
                return error == ErrorCode.None && !isRight ? ErrorCode.InvalidArgument : error;
            },
            static (_, _) => { });
    }

    private static Action ByExit(ulong told) => static () => Process.Exit(ExitData);

    private static Action ByFault(ulong told) =>
        static () => Trespass.Read(new Address(0x1000));

    // Two threads, either of which may be the last, whose data are the process's. The second one
    // has run before memory is short, as the first touch of its stack takes some.
    private static Action ByThreads(ulong told)
    {
        _exitOfSecond = ExitThread();
        NativeThread.Start(&EndWhenTold, told);
        WaitFor(told + Begun);
        Caller exit = ExitThread();
        return () => exit.Send();
    }

    private static Caller ExitThread() =>
        new Caller().Begin(SyscallCode.ExitThread).Put(ExitData, sizeof(uint));

    // Not by its return, after which it would leave no data.
    [UnmanagedCallersOnly]
    private static uint EndWhenTold(ulong told)
    {
        Volatile.Write(ref *(int*)(told + Begun), 1);
        WaitFor(told);
        _exitOfSecond!.Send();
        return 0;
    }

    // By the call that needs no memory: waiting for a word would fail while there is none.
    private static void WaitFor(ulong told)
    {
        while (Volatile.Read(ref *(int*)told) == 0)
            Process.HandOver();
    }

    private Making Killing() => Plain(
        "KILL_CHILD_PROCESS",
        () => _bench.Begin(SyscallCode.KillChildProcess)
            .Put(StartResting().Value).Put(0, sizeof(ushort)));

    // With the memory for its stack.
    private static Making Starting()
    {
        NativeThread?[] threads = new NativeThread?[2];
        int at = 0;
        Making start = new(
            "CREATE_THREAD",
            thing => at = thing,
            () =>
            {
                try
                {
                    threads[at] = NativeThread.Start(&End, 0);
                    return ErrorCode.None;
                }
                catch (MemOsException exception)
                {
                    return exception.Error;
                }
            },
            (thing, _) => threads[thing]!.Join());
        return start with { UsesHeap = true };
    }

    [UnmanagedCallersOnly]
    private static uint End(ulong data) => (uint)data;

    private Making WaitingForWord() => Plain("WAIT_WORD", () =>
    {
        *(uint*)_bench.Grounds.Writable = 1;
        _bench.Begin(SyscallCode.WaitWord).Put(_bench.Grounds.Writable).Put(1, sizeof(uint))
            .Put(1, sizeof(uint));
    }, ErrorCode.TimedOut);

    private Making WakingWord() => Plain(
        "WAKE_WORD",
        () => _bench.Begin(SyscallCode.WakeWord).Put(_bench.Grounds.Writable)
            .Put(1, sizeof(uint)));

    private Making Sleeping() => Plain(
        "SLEEP", () => _bench.Begin(SyscallCode.Sleep).Put(1, sizeof(uint)));

    private void BeginSpawn(byte[] arguments, ulong job)
    {
        arguments.CopyTo(new Span<byte>((byte*)(_name + ArgumentsAt), arguments.Length));
        _bench.Begin(SyscallCode.Spawn).Put(_name).Put((ulong)_program.Length)
            .Put(_name + ArgumentsAt).Put((ulong)arguments.Length).Put(0, sizeof(byte)).Put(0)
            .Put(0).Put(job);
    }

    private static ulong WriteNames()
    {
        ulong page = Memory.Allocate(Memory.PageBytes).Start.Value;
        _program.CopyTo(new Span<byte>((byte*)page, _program.Length));
        return page;
    }
}
