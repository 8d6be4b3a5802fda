using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>What calls give when there is no memory left.</summary>
internal sealed unsafe class ExhaustionChecks(Workbench bench)
{
    private const int Most = 16 * 1024;
    private const int Attempts = 8;
    private const int EnoughStarts = 40;
    private const int SmallSteps = 16;

    // Whole large pages first, then what is left between them.
    private static readonly uint[] _largeSizes = [64 << 20, 2 << 20, 64 << 10, 4 << 10];
    private static readonly uint[] _smallSizes = [64 << 10, 4 << 10];

    // Made beforehand: nothing can be allocated in between.
    private readonly (ulong Start, uint Bytes)[] _pieces = new (ulong, uint)[Most];
    private uint[] _sizes = _largeSizes;
    private int _count;

    internal void Run()
    {
        bench.Checks.That("MEM_ALLOC: without memory", IsRefusedInTheEnd());
        "hello"u8.CopyTo(new System.Span<byte>((byte*)bench.Grounds.Writable, 5));
        bench.Begin(SyscallCode.Spawn).Put(bench.Grounds.Writable).Put(5).Put(0).Put(0)
            .Put(0, sizeof(byte)).Put(0).Put(0).Put(0);
        bench.Refuses("SPAWN: without memory", ErrorCode.NoMemory);
        bench.Begin(SyscallCode.CreateProcess).Put(0);
        bench.Refuses("CREATE_PROCESS: without memory", ErrorCode.NoMemory);
        // What was allocated is kept back, so that touching it cannot fail.
        bench.Begin(SyscallCode.FillRandom).Put(_pieces[0].Start).Put(4 * Memory.PageBytes);
        bench.Accepts("FILL_RANDOM: to allocated memory, when there is none left");
        bench.Checks.That("MEM_FREE: when there is no memory left", FreeAll());
        BeginAllocation(Memory.PageBytes);
        bench.Accepts("MEM_ALLOC: when there is memory again");
        TryStarts();
    }

    // With more and more memory left, a program is refused until there is enough for its start,
    // and then it gets as far as its Main.
    private void TryStarts()
    {
        "selftest"u8.CopyTo(new System.Span<byte>((byte*)bench.Grounds.Writable, 8));
        "exit\0"u8.CopyTo(new System.Span<byte>((byte*)bench.Grounds.Writable + 8, 5));
        _sizes = _smallSizes;
        while (TakeAll())
        {
            // As long as there is some.
        }
        int refused = 0;
        int started = 0;
        ProcessEnd odd = default;
        while (_count != 0 && started < EnoughStarts)
        {
            (ulong start, uint bytes) = _pieces[--_count];
            bench.Begin(SyscallCode.MemFree).Put(start).Put(bytes / Memory.PageBytes).Send();
            // So few bytes make no difference.
            if (bytes == Memory.PageBytes && _count % SmallSteps != 0)
                continue;
            BeginStart();
            if (bench.Caller.Send() == ErrorCode.NoMemory)
            {
                refused++;
                continue;
            }
            started++;
            ProcessEnd end = Process.Wait(new ProcessId(bench.Caller.Value0));
            if (end.Reason != EndReason.Exited || end.Data != Program.ExitData)
                odd = end;
        }
        FreeAll();
        bench.Checks.That($"SPAWN: refused with too little memory ({refused})", refused > 0);
        bench.Checks.Equal("SPAWN: with more memory it works", EnoughStarts, (ulong)started);
        bench.Checks.That($"SPAWN: what is started gets to its Main: {odd}", odd == default);
    }

    private void BeginStart() => bench.Begin(SyscallCode.Spawn)
        .Put(bench.Grounds.Writable).Put(8).Put(bench.Grounds.Writable + 8).Put(5)
        .Put(0, sizeof(byte)).Put(0).Put(0);

    private bool FreeAll()
    {
        bool isFreed = true;
        while (_count != 0)
        {
            (ulong start, uint bytes) = _pieces[--_count];
            bench.Begin(SyscallCode.MemFree).Put(start).Put(bytes / Memory.PageBytes);
            isFreed &= bench.Caller.Send() == ErrorCode.None;
        }
        return isFreed;
    }

    // Each refusal has the kernel collect its garbage, which may give some back: that of looking
    // for changes, too.
    private bool IsRefusedInTheEnd()
    {
        for (int i = 0; i < Attempts; i++)
        {
            while (TakeAll())
            {
                // As long as there is some.
            }
            ulong before = bench.Look();
            if (_count == Most)
                return false;
            ErrorCode error = Take(Memory.PageBytes);
            if (error != ErrorCode.None)
                return error == ErrorCode.NoMemory && bench.Caller.HasKept
                    && bench.Look() == before;
        }
        return false;
    }

    private bool TakeAll()
    {
        int before = _count;
        foreach (uint size in _sizes)
        {
            while (_count < Most && Take(size) == ErrorCode.None)
            {
                // As long as there are pieces of this size.
            }
        }
        return _count != before;
    }

    private ErrorCode Take(uint bytes)
    {
        BeginAllocation(bytes);
        ErrorCode error = bench.Caller.Send();
        if (error == ErrorCode.None)
            _pieces[_count++] = (bench.Caller.Value0, bytes);
        return error;
    }

    private void BeginAllocation(uint bytes) => bench.Begin(SyscallCode.MemAlloc).Put(bytes)
        .Put((ulong)MemoryRights.ReadWrite, 1).Put((ulong)ZeroFirst.No, 1);
}
