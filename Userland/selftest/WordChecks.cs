using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>WAIT_WORD and WAKE_WORD with nobody else there.</summary>
internal sealed unsafe class WordChecks(Workbench bench)
{
    private const uint Value = 0x89AB_CDEF;

    internal void Run()
    {
        ulong word = bench.Grounds.Writable;
        *(uint*)word = Value;
        TryPlaces();
        uint[] others = [0, Value + 1, Value ^ 0x8000_0000, uint.MaxValue];
        foreach (uint other in others)
        {
            Wait(word, other, uint.MaxValue);
            bench.Refuses($"WAIT_WORD: {other:X} is not there", ErrorCode.WordChanged);
        }
        uint[] times = [0, 1, 30];
        foreach (uint time in times)
        {
            ulong before = (ulong)Clock.Uptime.Ticks;
            Wait(word, Value, time);
            bench.Refuses($"WAIT_WORD: {time} ms are over", ErrorCode.TimedOut);
            bench.Checks.That($"WAIT_WORD: {time} ms have passed",
                (ulong)Clock.Uptime.Ticks - before >= time * 10_000);
        }
        uint[] counts = [0, 1, uint.MaxValue];
        foreach (uint count in counts)
        {
            Wake(word, count);
            bench.Accepts($"WAKE_WORD: at most {count}");
            bench.Checks.Equal("WAKE_WORD: nobody waits", 0, bench.Caller.Value0);
        }
    }

    private void TryPlaces()
    {
        ulong hole = bench.Grounds.Hole;
        for (ulong offset = 1; offset < 4; offset++)
        {
            Both(bench.Grounds.Writable + offset, ErrorCode.Unaligned, $"the offset {offset}");
            Both(hole - offset, ErrorCode.Unaligned, $"{offset} bytes before nothing");
        }
        foreach (Place place in bench.Grounds.Nowhere)
            Both(place.Address, ErrorCode.BadPointer, place.Name);
        if (Processor.HasProtectionKeys)
            Both(bench.Grounds.ExecuteOnly, ErrorCode.NotPermitted, "execute-only memory");
        ulong[] readable = [hole - 4, hole + Memory.PageBytes, bench.Grounds.ReadOnly];
        foreach (ulong address in readable)
        {
            Wait(address, ~*(uint*)address, 0);
            bench.Refuses($"WAIT_WORD: at {address:X}", ErrorCode.WordChanged);
            Wake(address, 1);
            bench.Accepts($"WAKE_WORD: at {address:X}");
        }
    }

    private void Both(ulong address, ErrorCode error, string name)
    {
        Wait(address, 0, 0);
        bench.Refuses($"WAIT_WORD: {name}", error);
        Wake(address, 1);
        bench.Refuses($"WAKE_WORD: {name}", error);
    }

    private void Wait(ulong address, uint expected, uint milliseconds) =>
        bench.Begin(SyscallCode.WaitWord).Put(address).Put(expected, sizeof(uint))
            .Put(milliseconds, sizeof(uint));

    private void Wake(ulong address, uint most) =>
        bench.Begin(SyscallCode.WakeWord).Put(address).Put(most, sizeof(uint));
}
