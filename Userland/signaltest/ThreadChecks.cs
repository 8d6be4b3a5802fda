using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Signaltest;

/// <summary>Threads of one process: their start, their end, and what is left of them.</summary>
internal sealed unsafe class ThreadChecks(Checks checks)
{
    private const int Many = 40;

    // A context that is lost each time costs a page in five.
    private const int EnoughCrowds = 6;
    private const int MostCrowds = 40;

    private readonly Caller _caller = new();
    private readonly ulong _self = Process.Id.Value;
    private readonly ProcessRecord* _records =
        (ProcessRecord*)Memory.Allocate(Memory.PageBytes).Start.Value;
    private const uint Rounds = 10_000;

    internal void Run()
    {
        checks.Equal("a thread gets its argument and returns", 43,
            NativeThread.Start(&AddOne, 42).Join());
        TryMany();
        TryGuard();
        Exits("first-exits", "a process goes on without its first thread");
        Exits("fill", "a process has so many threads at most");
        checks.That("nothing is left of processes with many threads", LeavesNothing());
    }

    private void Exits(string mode, string name)
    {
        ProcessEnd end = Process.Wait(Process.Spawn(Program.Name, mode));
        checks.That($"{name} ({end})",
            end.Reason == EndReason.Exited && end.Data == Children.Told);
    }

    // What the kernel keeps for later use is there after the first time; this program's own heap
    // takes page tables now and then.
    private bool LeavesNothing()
    {
        ulong free = 0;
        int same = 0;
        for (int i = 0; i < MostCrowds && same < EnoughCrowds; i++)
        {
            ulong now = FreeAfterCrowd();
            same = now == free ? same + 1 : 0;
            free = now;
        }
        return same == EnoughCrowds;
    }

    // Time slices end in the midst of it; each thread has registers and a stack of its own.
    private void TryMany()
    {
        Address word = Memory.Allocate(Memory.PageBytes).Start;
        NativeThread[] threads = new NativeThread[Many];
        for (int i = 0; i < Many; i++)
            threads[i] = NativeThread.Start(&CountUp, word.Value);
        bool areRight = true;
        foreach (NativeThread thread in threads)
            areRight &= thread.Join() == Rounds;
        checks.That("many threads each do all of their rounds", areRight);
        checks.Equal("and together all of them", Many * Rounds, *(uint*)word.Value);
    }

    private void TryGuard()
    {
        Address place = Memory.Allocate(Memory.PageBytes).Start;
        NativeThread waiting = NativeThread.Start(&WaitThere, place.Value, Memory.PageBytes);
        while (Volatile.Read(ref *(ulong*)place.Value) == 0)
            Clock.Sleep(1);
        ulong stack = *(ulong*)place.Value;
        Region? own = Process.FindRegion(Process.Id, new Address(stack));
        Region? below = Process.FindRegion(
            Process.Id, new Address((stack & ~4095ul) - Memory.PageBytes));
        checks.That("a stack has nothing below it",
            own is { Bytes: Memory.PageBytes } && below is null);
        *(uint*)(place.Value + 8) = 1;
        MemoryWord.Wake(new Address(place.Value + 8));
        waiting.Join();
    }

    private ulong FreeAfterCrowd()
    {
        ProcessId crowd = Process.Spawn(Program.Name, "crowd");
        EndChecks.AwaitWaiting(crowd);
        Process.Kill(crowd);
        return OwnMemory() + Count();
    }

    // Allocates nothing, as the next would not.
    private ulong OwnMemory()
    {
        _caller.Begin(SyscallCode.ListProcesses).Put((ulong)_records).Put(Memory.PageBytes).Send();
        ProcessRecord* record = _records;
        // Safe: this process is among those that the kernel filled in.
        while (record->Id != _self)
            record++;
        return record->ResidentBytes;
    }

    private ulong Count()
    {
        _caller.Begin(SyscallCode.CountMemory).Send();
        return _caller.Value1;
    }

    [UnmanagedCallersOnly]
    private static uint AddOne(ulong number) => (uint)number + 1;

    [UnmanagedCallersOnly]
    private static uint CountUp(ulong word)
    {
        uint count = 0;
        while (count < Rounds)
        {
            Interlocked.Increment(ref *(uint*)word);
            count++;
        }
        return count;
    }

    [UnmanagedCallersOnly]
    private static uint WaitThere(ulong place)
    {
        uint local = 0;
        *(ulong*)place = (ulong)&local;
        MemoryWord.Wait(new Address(place + 8), 0);
        return local;
    }
}
