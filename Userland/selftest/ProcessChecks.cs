using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Starting, waiting, ending, and the calls about oneself.</summary>
internal sealed unsafe class ProcessChecks(Workbench bench)
{
    private const ulong ExitData = 0x0123_4567_89AB_CDEF;

    internal void Run()
    {
        TrySpawns();
        TryWaits();
        TryKills();
        TryRest();
        TryThreadPointer();
    }

    private void TrySpawns()
    {
        for (int priority = 21; priority <= byte.MaxValue; priority += 18)
        {
            BeginSpawn("hello"u8, "", (byte)priority);
            bench.Refuses($"SPAWN: the priority {priority}", ErrorCode.InvalidArgument);
        }
        BeginSpawn("no such program"u8, "", 0);
        bench.Refuses("SPAWN: a program that does not exist", ErrorCode.NotFound);
        BeginSpawn("hell"u8, "", 0);
        bench.Refuses("SPAWN: the beginning of a name", ErrorCode.NotFound);
        BeginSpawn("hello\0"u8, "", 0);
        bench.Refuses("SPAWN: a name and a zero byte", ErrorCode.NotFound);
        BeginSpawn([0xFF, 0xC0, 0xED, 0xA0, 0x80], "", 0);
        bench.Refuses("SPAWN: a name that is not UTF-8", ErrorCode.NotFound);
        if (Array.IndexOf(Process.Programs(), "broken") >= 0)
        {
            BeginSpawn("broken"u8, "", 0);
            bench.Refuses("SPAWN: a damaged program", ErrorCode.BadProgram);
        }
        ulong last = 0;
        byte[] priorities = [0, 1, 20];
        foreach (byte priority in priorities)
        {
            BeginSpawn("selftest"u8, "spin\0", priority);
            bench.Accepts($"SPAWN: with priority {priority}");
            ulong child = bench.Caller.Value0;
            bench.Checks.That("SPAWN: each number is higher than the one before", child > last);
            last = child;
            ProcessInfo? info = Array.Find(Process.List(), one => one.Id.Value == child);
            byte expected = priority == 0 ? OwnPriority() : priority;
            bench.Checks.That($"SPAWN: the child has its priority, {expected}",
                info is not null && info.Priority == expected && info.Parent == Process.Id
                && info.Name == "selftest");
            Process.Kill(new ProcessId(child));
        }
    }

    private void TryWaits()
    {
        ulong exited = Start("exit\0");
        Ends("WAIT: a child that exits", SyscallCode.WaitChildProcess, exited,
            EndReason.Exited, ExitData, FaultKind.None);
        Begin(SyscallCode.WaitChildProcess, exited, 0);
        bench.Refuses("WAIT: once told, the number is gone", ErrorCode.NotFound);
        ulong faulted = Start("fault\0");
        Ends("WAIT: a child that reads nothing", SyscallCode.WaitChildProcess, faulted,
            EndReason.Faulted, 0x1000, FaultKind.Read);
        ulong spinning = Start("spin\0");
        ushort[] times = [0, 1, 30];
        foreach (ushort time in times)
        {
            Begin(SyscallCode.WaitChildProcess, spinning, time);
            bench.Refuses($"WAIT: {time} ms are over", ErrorCode.TimedOut);
        }
        Process.Kill(new ProcessId(spinning));
        TryStrangers("WAIT", SyscallCode.WaitChildProcess);
    }

    private void TryKills()
    {
        ulong spinning = Start("spin\0");
        Ends("KILL: a child that runs", SyscallCode.KillChildProcess, spinning,
            EndReason.Killed, 0, FaultKind.None);
        Begin(SyscallCode.KillChildProcess, spinning, 0);
        bench.Refuses("KILL: a second time", ErrorCode.NotFound);
        ulong exited = Start("exit\0");
        while (!HasEnded(exited))
            Clock.Sleep(1);
        Ends("KILL: a child that has ended tells how", SyscallCode.KillChildProcess, exited,
            EndReason.Exited, ExitData, FaultKind.None);
        TryStrangers("KILL", SyscallCode.KillChildProcess);
    }

    // Nobody's child, oneself, a parent, the first process.
    private void TryStrangers(string name, SyscallCode code)
    {
        ulong parent = Array.Find(Process.List(), one => one.Id == Process.Id)!.Parent.Value;
        ulong[] strangers = [0, 1, 99, parent, Process.Id.Value, 1UL << 40, ulong.MaxValue];
        foreach (ulong stranger in strangers)
        {
            Begin(code, stranger, 0);
            bench.Refuses($"{name}: process {stranger}", ErrorCode.NotFound);
        }
    }

    private void TryRest()
    {
        bench.Begin(SyscallCode.GetPid);
        bench.Accepts("GET_PID");
        bench.Begin(SyscallCode.HandOver);
        bench.Accepts("HAND_OVER");
        bench.Begin(SyscallCode.Sleep).Put(0, sizeof(uint));
        bench.Accepts("SLEEP: no time");
        ulong before = Now();
        bench.Begin(SyscallCode.Sleep).Put(30, sizeof(uint));
        bench.Accepts("SLEEP: 30 ms");
        bench.Checks.That("SLEEP: the time has passed", Now() - before >= 30_000_000);
        ulong first = Now();
        bench.Checks.That("READ_CLOCK: time does not go back", Now() >= first && first > 0);
        bench.Checks.That("READ_CLOCK: it is later than 2020",
            bench.Caller.Value1 > 1_577_836_800_000_000_000);
    }

    private void TryThreadPointer()
    {
        ulong[] bad =
        [
            0x8000_0000_0000_0000, 0x100_0000_0000_0000, 0xFF00_0000_0000_0000,
            0xFFFF_8000_0000_0000, ulong.MaxValue,
        ];
        foreach (ulong pointer in bad)
        {
            bench.Begin(SyscallCode.SetThreadPointer).Put(pointer);
            bench.Refuses($"SET_THREAD_POINTER: {pointer:X}", ErrorCode.InvalidArgument);
        }
        // With five levels this is an address like any other.
        if (!bench.Grounds.HasFiveLevels)
        {
            bench.Begin(SyscallCode.SetThreadPointer).Put(0x8000_0000_0000);
            bench.Refuses("SET_THREAD_POINTER: 2^47", ErrorCode.InvalidArgument);
        }
        Ends("SET_THREAD_POINTER", SyscallCode.WaitChildProcess, Start("thread-pointer\0"),
            EndReason.Exited, ExitData, FaultKind.None);
    }

    private ulong Now()
    {
        bench.Begin(SyscallCode.ReadClock);
        bench.Accepts("READ_CLOCK");
        return bench.Caller.Value0;
    }

    private ulong Start(string arguments)
    {
        BeginSpawn("selftest"u8, arguments, 0);
        bench.Accepts($"SPAWN: {arguments}");
        return bench.Caller.Value0;
    }

    private void Ends(
        string name, SyscallCode code, ulong child, EndReason reason, ulong data, FaultKind fault)
    {
        Begin(code, child, ushort.MaxValue);
        bench.Accepts(name);
        bench.Checks.Equal($"{name}: data", data, bench.Caller.Value0);
        bench.Checks.Equal($"{name}: reason", (ulong)reason, bench.Caller.Value1);
        bench.Checks.Equal($"{name}: fault", (ulong)fault, bench.Caller.Value2);
    }

    private void Begin(SyscallCode code, ulong child, ushort milliseconds) =>
        bench.Begin(code).Put(child).Put(milliseconds, sizeof(ushort));

    private void BeginSpawn(ReadOnlySpan<byte> name, string arguments, byte priority)
    {
        byte* place = (byte*)bench.Grounds.Writable;
        // Safe: the grounds are longer than both.
        name.CopyTo(new Span<byte>(place, 256));
        for (int i = 0; i < arguments.Length; i++)
            place[256 + i] = (byte)arguments[i];
        bench.Begin(SyscallCode.Spawn).Put((ulong)place).Put((ulong)name.Length)
            .Put((ulong)place + 256).Put((ulong)arguments.Length).Put(priority, sizeof(byte))
            .Put(0).Put(0).Put(0);
    }

    private static byte OwnPriority() =>
        Array.Find(Process.List(), one => one.Id == Process.Id)!.Priority;

    private static bool HasEnded(ulong child) => Array.Exists(
        Process.List(), one => one.Id.Value == child && one.State == ProcessState.Ended);
}
