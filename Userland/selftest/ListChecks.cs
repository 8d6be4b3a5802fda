using System;
using System.Text;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>What lists, the log, chance and the console tell; and SHUTDOWN's refusals.</summary>
internal sealed unsafe class ListChecks(Workbench bench)
{
    private const byte Filler = 0xEE;

    private readonly ulong _place = bench.Grounds.Writable;

    internal void Run()
    {
        TryProcesses();
        TryRegions();
        TryPrograms();
        TryLog();
        TryRandom();
        TryConsole();
        for (int mode = 2; mode <= byte.MaxValue; mode += 23)
        {
            bench.Begin(SyscallCode.Shutdown).Put((ulong)mode, sizeof(byte));
            bench.Refuses($"SHUTDOWN: the mode {mode}", ErrorCode.InvalidArgument);
        }
    }

    private void TryProcesses()
    {
        const int Bytes = 64;
        bench.Checks.Equal("a process record's size", Bytes, (ulong)sizeof(ProcessRecord));
        ulong count = Fill(bench.Begin(SyscallCode.ListProcesses), 32 * Bytes);
        bench.Checks.That("LIST_PROCESSES: there are some", count is > 1 and <= 32);
        ProcessRecord* records = (ProcessRecord*)_place;
        bool isInOrder = true;
        bool isFilledUp = true;
        for (ulong i = 0; i < count; i++)
        {
            isInOrder &= i == 0 || records[i].Id > records[i - 1].Id;
            ReadOnlySpan<byte> name = new(records[i].Name, ProcessRecord.NameBytes);
            int end = name.IndexOf((byte)0);
            isFilledUp &= end > 0 && name[end..].IndexOfAnyExcept((byte)0) < 0;
        }
        bench.Checks.That("LIST_PROCESSES: in the order of numbers", isInOrder);
        bench.Checks.That("LIST_PROCESSES: names end with zeros", isFilledUp);
        bench.Checks.That("LIST_PROCESSES: nothing behind the last", IsFillerFrom(count * Bytes));
        TryPart("LIST_PROCESSES", bench.Begin(SyscallCode.ListProcesses), count, Bytes);
    }

    private void TryRegions()
    {
        const int Bytes = 24;
        bench.Checks.Equal("a region record's size", Bytes, (ulong)sizeof(RegionRecord));
        ulong self = Process.Id.Value;
        ulong count = Fill(bench.Begin(SyscallCode.ListRegions).Put(self), 512 * Bytes);
        bench.Checks.That("LIST_REGIONS: there are some", count is > 8 and <= 512);
        RegionRecord* records = (RegionRecord*)_place;
        bool isInOrder = true;
        bool isWhole = true;
        for (ulong i = 0; i < count; i++)
        {
            isInOrder &= i == 0 || records[i].Start >= records[i - 1].Start + records[i - 1].Bytes;
            // What a record leaves free between its last field and the next record.
            ReadOnlySpan<byte> rest = new((byte*)&records[i] + 18, 6);
            isWhole &= records[i].Start % 4096 == 0 && records[i].Bytes % 4096 == 0
                && rest.IndexOfAnyExcept((byte)0) < 0;
        }
        bench.Checks.That("LIST_REGIONS: in the order of addresses", isInOrder);
        bench.Checks.That("LIST_REGIONS: whole pages, and nothing of the kernel's", isWhole);
        bench.Checks.That("LIST_REGIONS: nothing behind the last", IsFillerFrom(count * Bytes));
        TryPart("LIST_REGIONS", bench.Begin(SyscallCode.ListRegions).Put(self), count, Bytes);
        ulong[] none = [0, 99, 1UL << 40, ulong.MaxValue];
        foreach (ulong process in none)
        {
            bench.Begin(SyscallCode.ListRegions).Put(process).Put(_place).Put(512);
            bench.Refuses($"LIST_REGIONS: process {process}", ErrorCode.NotFound);
        }
    }

    private void TryPrograms()
    {
        ulong count = Fill(bench.Begin(SyscallCode.ListPrograms), 4096);
        string text = Encoding.UTF8.GetString((byte*)_place, (int)Math.Min(count, 4096));
        bench.Checks.That("LIST_PROGRAMS: has this one", text.Contains("\0selftest\0"));
        bench.Checks.That("LIST_PROGRAMS: nothing behind the last", IsFillerFrom(count));
        TryPart("LIST_PROGRAMS", bench.Begin(SyscallCode.ListPrograms), count, 1);
    }

    private void TryLog()
    {
        ulong count = Fill(bench.Begin(SyscallCode.ReadLog), 32 * 1024);
        bench.Checks.That("READ_LOG: there is something", count is > 0 and <= 32 * 1024);
        bench.Checks.That("READ_LOG: nothing behind the end", IsFillerFrom(count));
        ulong part = Fill(bench.Begin(SyscallCode.ReadLog), 100);
        bench.Checks.That("READ_LOG: a part fits", part <= 100 && IsFillerFrom(part));
    }

    private void TryRandom()
    {
        const int Most = 1000;
        Fill(bench.Begin(SyscallCode.FillRandom), Most);
        ulong first = *(ulong*)_place;
        bench.Checks.That("FILL_RANDOM: nothing behind the end", IsFillerFrom(Most));
        bench.Checks.That("FILL_RANDOM: to the end",
            new Span<byte>((byte*)_place + Most - 16, 16).IndexOfAnyExcept(Filler) >= 0);
        Fill(bench.Begin(SyscallCode.FillRandom), Most);
        bench.Checks.That("FILL_RANDOM: something else each time", *(ulong*)_place != first);
    }

    private void TryConsole()
    {
        Clear();
        ulong before = Clock.Uptime.Ticks > 0 ? (ulong)Clock.Uptime.Ticks : 0;
        bench.Begin(SyscallCode.ConsoleRead).Put(_place).Put(16).Put(30, sizeof(uint));
        bench.Accepts("CONSOLE_READ: nothing is typed");
        bench.Checks.Equal("CONSOLE_READ: no bytes", 0, bench.Caller.Value0);
        bench.Checks.That("CONSOLE_READ: the time has passed",
            (ulong)Clock.Uptime.Ticks - before >= 300_000);
        bench.Checks.That("CONSOLE_READ: nothing is written", IsFillerFrom(0));
    }

    // A buffer that is too short gets what fits, and the number is of all that there is.
    private void TryPart(string name, Caller begun, ulong count, ulong bytes)
    {
        ulong half = count / 2;
        ulong given = Fill(begun, (half * bytes) + bytes - 1);
        bench.Checks.Equal($"{name}: the number of all", count, given);
        bench.Checks.That($"{name}: what fits", IsFillerFrom((half * bytes) + bytes - 1)
            && !IsFillerFrom((half * bytes) - bytes));
        bench.Checks.That($"{name}: whole records", IsFillerFrom(half * bytes));
    }

    private ulong Fill(Caller begun, ulong bytes)
    {
        Clear();
        begun.Put(_place).Put(bytes);
        bench.Accepts($"a list in {bytes} bytes");
        return begun.Value0;
    }

    private void Clear() => new Span<byte>((byte*)_place, 36 * 1024).Fill(Filler);

    private bool IsFillerFrom(ulong offset) =>
        new Span<byte>((byte*)_place + offset, 36 * 1024 - (int)offset)
            .IndexOfAnyExcept(Filler) < 0;
}
