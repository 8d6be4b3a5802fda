using System;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Signaltest;

/// <summary>Waiting for words and waking: as many as asked for, and no wake-up is lost.</summary>
internal sealed unsafe class WordChecks(Checks checks)
{
    private const int Waiters = 5;
    private const uint Turns = 5_000;

    // Milliseconds, after which a wait would end by itself.
    private const uint LongWait = 20_000;

    // Offsets in a page: the word, and how many have come that far.
    private const ulong Waiting = 4;
    private const ulong Woken = 8;

    internal void Run()
    {
        TryCounts();
        TryTurns();
        TryVanishing();
    }

    // The page goes away while threads wait for a word of it: they are told so at once.
    private void TryVanishing()
    {
        Pages pages = Memory.Allocate(Memory.PageBytes);
        Vanishes("a freed page", pages.Start, pages.Dispose);
        Segment segment = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        Mapping mapping = segment.Map();
        Vanishes("an unmapped segment", mapping.Start, mapping.Dispose);
        Vanishes("a segment that is given up", segment.Map().Start, segment.Dispose);
    }

    private void Vanishes(string name, Address word, Action vanish)
    {
        NativeThread[] threads = new NativeThread[Waiters];
        for (int i = 0; i < Waiters; i++)
        {
            // The last word is of its own.
            ulong at = word.Value + (i == Waiters - 1 ? Memory.PageBytes - 4ul : 0);
            threads[i] = NativeThread.Start(&WaitLong, (ulong)Orders(at));
        }
        Clock.Sleep(50);
        TimeSpan before = Clock.Uptime;
        vanish();
        bool areTold = true;
        foreach (NativeThread thread in threads)
            areTold &= thread.Join() == (uint)ErrorCode.BadPointer;
        checks.That($"who waits for a word of {name} is told 0x03", areTold);
        checks.That($"who waits for a word of {name} is told at once",
            Clock.Uptime - before < TimeSpan.FromMilliseconds(LongWait / 2));
    }

    // Registers for a call that waits for a word; the block lies behind them.
    private static Registers* Orders(ulong word)
    {
        // Safe: both lie in a page that is never given back.
        Registers* registers =
            (Registers*)Memory.Allocate(Memory.PageBytes).Start.Value;
        byte* block = (byte*)(registers + 1);
        block[0] = (byte)SyscallCode.WaitWord;
        *(ulong*)(block + 1) = word;
        *(uint*)(block + 9) = 0;
        *(uint*)(block + 13) = LongWait;
        registers->Fill(word);
        registers->Rax = SyscallConvention.Marker;
        registers->Rdi = (ulong)block;
        return registers;
    }

    private void TryCounts()
    {
        Address word = Memory.Allocate(Memory.PageBytes).Start;
        NativeThread[] threads = new NativeThread[Waiters];
        for (int i = 0; i < Waiters; i++)
            threads[i] = NativeThread.Start(&WaitOnce, word.Value);
        // All are parked once the last has said that it is about to wait and none is ready.
        while (At(word, Waiting) != Waiters)
            Clock.Sleep(1);
        Clock.Sleep(20);
        checks.Equal("another word wakes nobody", 0,
            MemoryWord.Wake(new Address(word.Value + 16), uint.MaxValue));
        checks.Equal("none wakes none", 0, MemoryWord.Wake(word, 0));
        checks.Equal("two wake two", 2, MemoryWord.Wake(word, 2));
        while (At(word, Woken) != 2)
            Clock.Sleep(1);
        checks.Equal("all wakes all that are left", Waiters - 2,
            MemoryWord.Wake(word, uint.MaxValue));
        foreach (NativeThread thread in threads)
            thread.Join();
        checks.Equal("all have gone on, though the word is the same", Waiters, At(word, Woken));
        checks.Equal("then nobody waits", 0, MemoryWord.Wake(word, uint.MaxValue));
    }

    // Two hand a number to and fro; a lost wake-up would leave both waiting.
    private void TryTurns()
    {
        Address word = Memory.Allocate(Memory.PageBytes).Start;
        NativeThread thread = NativeThread.Start(&TakeOddTurns, word.Value);
        for (uint turn = 0; turn < 2 * Turns; turn += 2)
            TakeTurn(word, turn);
        checks.Equal("each turn is taken once", Turns, thread.Join());
        checks.Equal("in their order", 2 * Turns, At(word, 0));
    }

    private static void TakeTurn(Address word, uint turn)
    {
        uint now;
        while ((now = At(word, 0)) != turn)
            MemoryWord.Wait(word, now);
        Volatile.Write(ref *(uint*)word.Value, turn + 1);
        MemoryWord.Wake(word);
    }

    private static uint At(Address word, ulong offset) =>
        Volatile.Read(ref *(uint*)(word.Value + offset));

    [UnmanagedCallersOnly]
    private static uint WaitLong(ulong orders)
    {
        Processor.Call((Registers*)orders);
        return (uint)((Registers*)orders)->Rax;
    }

    [UnmanagedCallersOnly]
    private static uint WaitOnce(ulong word)
    {
        Interlocked.Increment(ref *(uint*)(word + Waiting));
        MemoryWord.Wait(new Address(word), 0);
        Interlocked.Increment(ref *(uint*)(word + Woken));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint TakeOddTurns(ulong word)
    {
        uint taken = 0;
        for (uint turn = 1; turn < 2 * Turns; turn += 2)
        {
            TakeTurn(new Address(word), turn);
            taken++;
        }
        return taken;
    }
}
