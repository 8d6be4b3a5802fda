using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Unicode;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Processes;
using MemOS.Programs;
using MemOS.Traps;

namespace MemOS.Syscalls;

/// <summary>
/// Lists of what there is. Each fills what fits of the buffer and tells how much there is in all.
/// </summary>
internal static class ListSyscalls
{
    // Regions that are listed in one entry into the kernel; some 600 instructions each.
    private const int RegionsInPiece = 128;

    // Processes that are, some 900 instructions each, and those that are looked at.
    private const int ProcessesInPiece = 64;
    private const int SeenInPiece = 256;

    /// <summary>All processes that the caller may see.</summary>
    internal static SyscallOutcome Processes(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ref CallProgress progress = ref call.Thread.Call;
        // The buffer may be another one than it was.
        buffer = UserBuffer.SkipRecords<ProcessRecord>(buffer, progress.Done);
        Process? first = ProcessTable.After(new ProcessId(progress.Last));
        Process? end = first;
        int count = 0;
        for (int i = 0; i < SeenInPiece && count < ProcessesInPiece && end is not null; i++)
        {
            count += Sees(call.Caller, end) ? 1 : 0;
            end = end.Younger;
        }
        error = UserBuffer.RequireRecords<ProcessRecord>(call, buffer, count, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        for (Process? process = first; process != end; process = process.Younger)
        {
            progress.Last = process!.Id.Value;
            if (fitting == 0 || !Sees(call.Caller, process))
                continue;
            UserBuffer.Put(call, ref buffer, Describe(process));
            fitting--;
        }
        progress.Done += (ulong)count;
        return end is null ? call.Finish(progress.Done) : call.StartOver();
    }

    /// <summary>All regions of a process.</summary>
    internal static SyscallOutcome Regions(ref SyscallCall call)
    {
        ProcessId id = new(call.Arguments.TakeUInt64());
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        if (id != call.Caller.Id && !call.Caller.Job.Has(Authority.Inspect))
            return call.Fail(ErrorCode.NotPermitted);
        if (!ProcessTable.TryFind(id, out Process? process) || process!.Ending is not null)
            return call.Fail(ErrorCode.NotFound);
        return ListRegions(call, process.LiveSpace, buffer);
    }

    // As many as one entry into the kernel has time for; the rest when the call starts over.
    private static SyscallOutcome ListRegions(
        in SyscallCall call, AddressSpace<MachineMemory> space, UserSpan buffer)
    {
        ref CallProgress progress = ref call.Thread.Call;
        // The buffer may be another one than it was.
        buffer = UserBuffer.SkipRecords<RegionRecord>(buffer, progress.Done);
        VirtualAddress at = EndOf(progress.Pages);
        int wanted = CountRegions(space, at);
        ErrorCode error =
            UserBuffer.RequireRecords<RegionRecord>(call, buffer, wanted, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        for (int i = 0; i < fitting && space.TryFindNext(at, out Region? region); i++)
        {
            UserBuffer.Put(call, ref buffer, Describe(region));
            progress.Pages = region.Range;
            at = EndOf(region.Range);
        }
        progress.Done += (ulong)fitting;
        if (fitting == RegionsInPiece)
            return call.StartOver();
        // Those that came and went meanwhile count for those that there is no room for alone.
        ulong known = progress.Done + (ulong)(wanted - fitting);
        return call.Finish(
            wanted == fitting ? known : Math.Max(known, (ulong)space.RegionCount));
    }

    // At most as many as one entry has time for.
    private static int CountRegions(AddressSpace<MachineMemory> space, VirtualAddress from)
    {
        int count = 0;
        for (; count < RegionsInPiece && space.TryFindNext(from, out Region? region); count++)
            from = EndOf(region.Range);
        return count;
    }

    // No region has the last page of the user half.
    private static VirtualAddress EndOf(PageRange range) =>
        range.IsEmpty ? default : range.Last.Start + PageSizes.SmallBytes;

    /// <summary>All devices.</summary>
    internal static SyscallOutcome Devices(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        IReadOnlyList<Device> devices = DeviceTable.All;
        error = UserBuffer.RequireRecords<DeviceRecord>(
            call, buffer, devices.Count, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        for (int i = 0; i < fitting; i++)
        {
            bool isDrivable = call.Caller.Devices.Contains(devices[i]);
            UserBuffer.Put(
                call, ref buffer,
                devices[i].Describe(isDrivable ? Drivable.Yes : Drivable.No));
        }
        return call.Finish((ulong)devices.Count);
    }

    /// <summary>The names of all programs.</summary>
    internal static SyscallOutcome Programs(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ReadOnlySpan<byte> names = ProgramLibrary.Names;
        ReadOnlySpan<byte> fitting = names[..(int)Math.Min((ulong)names.Length, buffer.Bytes)];
        error = UserMemory.Require(
            call.Thread, buffer.Take((ulong)fitting.Length), Access.Write);
        if (error != ErrorCode.None)
            return call.Fail(error);
        UserMemory.Write(call.Space, buffer, fitting);
        return call.Finish((ulong)names.Length);
    }

    /// <summary>The longest entries into the kernel since this was asked last.</summary>
    internal static SyscallOutcome Entries(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ReadOnlySpan<EntryRecord> entries = EntryMeter.List();
        error = UserBuffer.RequireRecords<EntryRecord>(
            call, buffer, entries.Length, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        foreach (EntryRecord entry in entries[..fitting])
            UserBuffer.Put(call, ref buffer, entry);
        EntryMeter.Forget();
        return call.Finish((ulong)entries.Length);
    }

    private static bool Sees(Process caller, Process other) =>
        !other.IsUnborn
            && (caller.Job.Has(Authority.Inspect) || other.Job.IsWithin(caller.Job));

    private static unsafe ProcessRecord Describe(Process process)
    {
        ProcessRecord record = new()
        {
            Id = process.Id.Value,
            Parent = process.Parent?.Id.Value ?? 0,
            Job = process.Job.Id.Value,
            ResidentBytes = (process.Space?.ResidentPages ?? 0) * PageSizes.SmallBytes,
            ProcessorNanoseconds = process.Share.UsedAt(Timer.Now),
            State = StateOf(process),
            Priority = process.Priority,
        };
        // A name that is too long is cut, between two characters.
        Utf8.FromUtf16(
            process.Name, new Span<byte>(record.Name, ProcessRecord.NameBytes), out _, out _);
        return record;
    }

    // That of the thread which does most.
    private static ProcessState StateOf(Process process)
    {
        if (process.Ending is not null)
            return ProcessState.Ended;
        if (process == Scheduler.Current?.Process)
            return ProcessState.Running;
        return process.Share.IsIdle ? ProcessState.Waiting : ProcessState.Ready;
    }

    private static RegionRecord Describe(Region region) => new()
    {
        Start = region.Range.First.Start.Value,
        Bytes = region.Range.Count.Bytes,
        Rights = (MemoryRights)region.Rights.Allowed,
        Kind = region.Kind,
    };
}
