using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Signaltest;

/// <summary>Waiting for words and waking: as many as asked for, and no wake-up is lost.</summary>
internal sealed unsafe class WordChecks(Checks checks)
{
    private const int Waiters = 5;
    private const uint Turns = 5_000;

    // Offsets in a page: the word, and how many have come that far.
    private const ulong Waiting = 4;
    private const ulong Woken = 8;

    internal void Run()
    {
        TryCounts();
        TryTurns();
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
