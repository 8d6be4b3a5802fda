using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>System calls, memory and processes, beside Linux 6.1.</summary>
internal static class MemoryRows
{
    private const uint Page = Memory.PageBytes;

    // Too small for large pages.
    private const uint SmallRegion = 256 * Page;
    private const uint LargeRegion = 64 << 20;

    internal static readonly Row[] All =
    [
        new("null system call", 326, 120,
            counter => counter.Measure(10_000, static () => _ = Process.Id)),
        new("allocate, free 4 KB untouched", 16_646, 1_500,
            counter => counter.Measure(1_000, static () => AllocateAndFree(Page))),
        new("allocate, touch, free 4 KB", 26_967, 3_000,
            counter => counter.Measure(
                1_000, static () => AllocateTouchAndFree(Page, ZeroFirst.Yes))),
        new("allocate, touch, free 64 MB, a page", 4_638, 900,
            counter => LargePage(counter, ZeroFirst.Yes)),
        // Linux has no counterpart: memory comes back from the kernel zeroed.
        new("the same, own memory as it was left", 0, 0,
            counter => LargePage(counter, ZeroFirst.No)),
        new("first write to a fresh page", 3_351, 1_000, counter => FirstUse(counter, Write)),
        new("first read of a fresh page", 1_274, 500, counter => FirstUse(counter, Read)),
        // Linux has no counterpart: it copies the caller first.
        new("start a program from its file, exit, wait", 0, 0,
            counter => counter.Measure(8, static () => StartAndWait())),
    ];

    // Where sums go, so that the compiler keeps the reading.
    private static volatile int _sum;

    private delegate void PageUse(Pages pages);

    /// <summary>Gets memory and gives it back. No objects: those are for other rows.</summary>
    internal static void AllocateAndFree(uint bytes) =>
        Memory.Free(Allocate(bytes, ZeroFirst.Yes), bytes);

    private static ulong LargePage(Counter counter, ZeroFirst zeroFirst) =>
        counter.Measure(2, () => AllocateTouchAndFree(LargeRegion, zeroFirst))
            / (LargeRegion / Page);

    private static void AllocateTouchAndFree(uint bytes, ZeroFirst zeroFirst)
    {
        Address start = Allocate(bytes, zeroFirst);
        Touch(start, bytes);
        Memory.Free(start, bytes);
    }

    private static Address Allocate(uint bytes, ZeroFirst zeroFirst)
    {
        ErrorCode error = Memory.TryAllocate(
            bytes, MemoryRights.ReadWrite, zeroFirst, out Address start);
        return error == ErrorCode.None
            ? start
            : throw new MemOsException(SyscallCode.MemAlloc, error);
    }

    private static unsafe void Touch(Address start, uint bytes)
    {
        byte* page = (byte*)start.Value;
        // Safe: the memory is ours until it is freed.
        for (uint offset = 0; offset < bytes; offset += Page)
            page[offset] = 1;
    }

    private static void StartAndWait() =>
        Process.Wait(Process.Spawn(Program.Name, Program.ExitArgument));

    private static ulong FirstUse(Counter counter, PageUse use)
    {
        using Pages pages = Memory.Allocate(SmallRegion);
        Action act = () => use(pages);
        ulong first = counter.MeasureOnce(act);
        ulong again = counter.MeasureOnce(act);
        return (first - again) / (SmallRegion / Page);
    }

    private static void Write(Pages pages)
    {
        for (nuint offset = 0; offset < pages.Bytes; offset += Page)
            pages[offset] = 1;
    }

    private static void Read(Pages pages)
    {
        int sum = 0;
        for (nuint offset = 0; offset < pages.Bytes; offset += Page)
            sum += pages[offset];
        _sum = sum;
    }
}
