using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <summary>MEM_ALLOC, MEM_FREE and COUNT_MEMORY.</summary>
internal sealed unsafe class MemoryChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const byte Trace = 0xA5;

    internal void Run()
    {
        TryBadAllocations();
        TryAllocations();
        TryZeroFirst();
        TryBadFrees();
        TryFrees();
        TryLibrary();
        bench.Begin(SyscallCode.CountMemory);
        bench.Accepts("COUNT_MEMORY");
        Caller counted = bench.Caller;
        bench.Checks.Equal("all memory is free, the kernel's or a program's", counted.Value0,
            counted.Value1 + counted.Value2 + counted.Value3);
    }

    private void TryBadAllocations()
    {
        byte[] badRights = [0, 5, 6, 7, 8, 9, 10, 12, 0x13, 0x80, 255];
        foreach (byte rights in badRights)
        {
            Allocate(Page, (MemoryRights)rights, 0);
            bench.Refuses($"MEM_ALLOC: the rights {rights}", ErrorCode.BadRights);
        }
        Allocate(0, MemoryRights.ReadWrite, 0);
        bench.Refuses("MEM_ALLOC: no bytes", ErrorCode.InvalidArgument);
        for (byte zeroFirst = 2; zeroFirst != 0; zeroFirst = (byte)(zeroFirst << 1))
        {
            Allocate(Page, MemoryRights.Read, zeroFirst);
            bench.Refuses($"MEM_ALLOC: zero-first {zeroFirst}", ErrorCode.InvalidArgument);
        }
        ulong[] tooMuch =
        [
            ulong.MaxValue, ulong.MaxValue - 4095, 1UL << 63, 1UL << 57, 1UL << 56, 1UL << 48,
            1UL << 47, 1UL << 46, 1UL << 40,
        ];
        foreach (ulong bytes in tooMuch)
        {
            Allocate(bytes, MemoryRights.ReadWrite, 0);
            bench.Refuses($"MEM_ALLOC: {bytes:X} bytes", ErrorCode.NoMemory);
        }
    }

    private void TryAllocations()
    {
        TryAllocation(1, MemoryRights.Read, MemoryRights.Read);
        TryAllocation(4095, MemoryRights.Write, MemoryRights.ReadWrite);
        TryAllocation(4096, MemoryRights.ReadWrite, MemoryRights.ReadWrite);
        TryAllocation(4097, MemoryRights.Execute, MemoryRights.Execute);
        TryAllocation((4 << 20) + 1, MemoryRights.ReadWrite, MemoryRights.ReadWrite);
    }

    private void TryAllocation(ulong bytes, MemoryRights asked, MemoryRights given)
    {
        string name = $"MEM_ALLOC: {bytes} bytes to {asked}";
        Allocate(bytes, asked, 0);
        bench.Accepts(name);
        ulong start = bench.Caller.Value0;
        ulong whole = (bytes + Page - 1) / Page * Page;
        Region? region = Process.FindRegion(Process.Id, new(start));
        bench.Checks.That($"{name} are a region", region is { } found && found.Start.Value == start
            && found.Bytes == whole && found.Rights == given
            && found.Kind == RegionKind.Allocation);
        if (given != MemoryRights.Execute)
        {
            bench.Checks.That($"{name} are zero",
                new ReadOnlySpan<byte>((byte*)start, (int)whole).IndexOfAnyExcept((byte)0) < 0);
        }
        Free(start, whole / Page);
        bench.Accepts($"MEM_FREE: {name}");
        bench.Checks.That($"MEM_FREE: {name} are gone",
            Process.FindRegion(Process.Id, new(start)) is null);
    }

    // The library rounds what is allocated and what is freed alike.
    private void TryLibrary()
    {
        Address start = Memory.Allocate(5_000).Start;
        Memory.Free(start, 5_000);
        bench.Checks.That("Memory.Free: of 5,000 bytes frees both pages",
            Process.FindRegion(Process.Id, start) is null
                && Process.FindRegion(Process.Id, new(start.Value + Page)) is null);
        nuint[] tooMuch = [nuint.MaxValue, nuint.MaxValue - 4095, nuint.MaxValue / 2];
        foreach (nuint bytes in tooMuch)
        {
            ErrorCode error = ErrorCode.None;
            try
            {
                Memory.Allocate(bytes);
            }
            catch (MemOsException exception)
            {
                error = exception.Error;
            }
            bench.Checks.Equal($"Memory.Allocate: {bytes:X} bytes", (ulong)ErrorCode.NoMemory,
                (ulong)error);
        }
    }

    // Memory that was written to and freed may come back as it was, but not when zero is asked
    // for, and not as code.
    private void TryZeroFirst()
    {
        const int Pages = 32;
        ulong start = Take(Pages * Page, MemoryRights.ReadWrite, 0);
        Bytes(start, Pages).Fill(Trace);
        Memory.Free(new(start), Pages * Memory.PageBytes);
        start = Take(Pages * Page, MemoryRights.ReadWrite, 1);
        bench.Checks.That("MEM_ALLOC: zero-first is zero",
            Bytes(start, Pages).IndexOfAnyExcept((byte)0) < 0);
        Bytes(start, Pages).Fill(Trace);
        Memory.Free(new(start), Pages * Memory.PageBytes);
        start = Take(Pages * Page, MemoryRights.ReadWrite, 0);
        ReadOnlySpan<byte> again = Bytes(start, Pages);
        bench.Checks.That("MEM_ALLOC: without, each byte is zero or the process's own",
            again.IndexOfAnyExcept((byte)0, Trace) < 0);
        Memory.Free(new(start), Pages * Memory.PageBytes);
    }

    private void TryBadFrees()
    {
        ulong writable = bench.Grounds.Writable;
        ulong hole = bench.Grounds.Hole;
        for (ulong bit = 1; bit < Page; bit <<= 1)
            RefusesFree($"the address {bit} in a page", writable + bit, 1, ErrorCode.Unaligned);
        RefusesFree("no pages", writable, 0, ErrorCode.EndOutOfRange);
        ulong[] tooMany = [ulong.MaxValue, 1UL << 63, 1UL << 52, 1UL << 45];
        foreach (ulong pages in tooMany)
            RefusesFree($"{pages:X} pages", writable, pages, ErrorCode.EndOutOfRange);
        ulong[] outside =
        [
            0, Page, 15 * Page, 0xFF_FFFF_FFFF_F000, 0x100_0000_0000_0000,
            0x8000_0000_0000_0000, 0xFFFF_8000_0000_0000, 0xFFFF_FFFF_FFFF_F000,
        ];
        foreach (ulong start in outside)
            RefusesFree($"at {start:X}", start, 1, ErrorCode.StartOutOfRange);
        RefusesFree("what is free", hole, 1, ErrorCode.NotAllocated);
        RefusesFree("from free to allocated", hole, 2, ErrorCode.NotAllocated);
        RefusesFree("from allocated to free", hole - Page, 2, ErrorCode.NotAllocated);
        RefusesFree("with free in between", hole - Page, 3, ErrorCode.NotAllocated);
        RefusesFree("more than there is", writable, 19, ErrorCode.NotAllocated);
        RefusesFree("code", PageOf(OwnLayout.Code), 1, ErrorCode.NotAllocated);
        RefusesFree("constants", PageOf(OwnLayout.Constants), 1, ErrorCode.NotAllocated);
        RefusesFree("data", PageOf(OwnLayout.Data), 1, ErrorCode.NotAllocated);
        RefusesFree("the stack", PageOf(OwnLayout.Stack), 1, ErrorCode.NotAllocated);
        RefusesFree("a guard", bench.Grounds.Guard, 1, ErrorCode.NotAllocated);
    }

    private void TryFrees()
    {
        ulong start = Take(5 * Page, MemoryRights.ReadWrite, 0);
        for (ulong i = 0; i < 5; i++)
            *(ulong*)(start + (i * Page)) = i;
        Free(start + (2 * Page), 1);
        bench.Accepts("MEM_FREE: from the middle");
        Free(start + (2 * Page), 1);
        bench.Refuses("MEM_FREE: a second time", ErrorCode.NotAllocated);
        bench.Checks.That("MEM_FREE: what is left keeps its bytes",
            *(ulong*)(start + Page) == 1 && *(ulong*)(start + (3 * Page)) == 3);
        bench.Checks.That("MEM_FREE: a part from the middle leaves two",
            SizeAt(start) == 2 * Page && SizeAt(start + (2 * Page)) == 0
                && SizeAt(start + (3 * Page)) == 2 * Page);
        Free(start, 1);
        bench.Accepts("MEM_FREE: the first page");
        Free(start + (4 * Page), 1);
        bench.Accepts("MEM_FREE: the last page");
        bench.Checks.That("MEM_FREE: one page each is left",
            SizeAt(start + Page) == Page && SizeAt(start + (3 * Page)) == Page);
        Free(start + Page, 1);
        bench.Accepts("MEM_FREE: the rest");
        Free(start + (3 * Page), 1);
        bench.Accepts("MEM_FREE: the very last");
    }

    private void RefusesFree(string name, ulong start, ulong pages, ErrorCode error)
    {
        Free(start, pages);
        bench.Refuses($"MEM_FREE: {name}", error);
    }

    private ulong Take(ulong bytes, MemoryRights rights, byte zeroFirst)
    {
        Allocate(bytes, rights, zeroFirst);
        bench.Accepts($"MEM_ALLOC: {bytes} bytes");
        return bench.Caller.Value0;
    }

    private void Allocate(ulong bytes, MemoryRights rights, byte zeroFirst) =>
        bench.Begin(SyscallCode.MemAlloc).Put(bytes).Put((ulong)rights, 1).Put(zeroFirst, 1);

    private void Free(ulong start, ulong pages) =>
        bench.Begin(SyscallCode.MemFree).Put(start).Put(pages);

    private static ulong SizeAt(ulong address) =>
        Process.FindRegion(Process.Id, new(address))?.Bytes ?? 0;

    private static ulong PageOf(Address address) => address.Value & ~(Page - 1);

    // Safe: what is asked for was allocated before.
    private static Span<byte> Bytes(ulong start, int pages) =>
        new((byte*)start, pages * Memory.PageBytes);
}
