using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Unicode;
using MemOS.Abi;
using MemOS.Devices;
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
    /// <summary>All processes that the caller may see.</summary>
    internal static SyscallOutcome Processes(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        int count = 0;
        for (Process? one = ProcessTable.First; one is not null; one = one.Younger)
            count += Sees(call.Caller, one) ? 1 : 0;
        error = UserBuffer.RequireRecords<ProcessRecord>(call, buffer, count, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        for (Process? process = ProcessTable.First; fitting != 0; process = process!.Younger)
        {
            if (!Sees(call.Caller, process!))
                continue;
            UserBuffer.Put(call, ref buffer, Describe(process!));
            fitting--;
        }
        return call.Finish((ulong)count);
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
        if (!ProcessTable.TryFind(id, out Process? process) || process!.Space is null)
            return call.Fail(ErrorCode.NotFound);
        int count = process.Space.RegionCount;
        error = UserBuffer.RequireRecords<RegionRecord>(call, buffer, count, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        VirtualAddress at = default;
        for (int i = 0; i < fitting && process.Space.TryFindNext(at, out Region? region); i++)
        {
            UserBuffer.Put(call, ref buffer, Describe(region));
            at = region.Range.Last.Start + PageSizes.SmallBytes;
        }
        return call.Finish((ulong)count);
    }

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
        caller.Job.Has(Authority.Inspect) || other.Job.IsWithin(caller.Job);

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
        if (process.End is not null)
            return ProcessState.Ended;
        ProcessState state = ProcessState.Waiting;
        for (Thread? thread = process.FirstThread; thread is not null; thread = thread.Next)
        {
            if (thread == Scheduler.Current)
                return ProcessState.Running;
            if (thread.State == ThreadState.Ready)
                state = ProcessState.Ready;
        }
        return state;
    }

    private static RegionRecord Describe(Region region) => new()
    {
        Start = region.Range.First.Start.Value,
        Bytes = region.Range.Count.Bytes,
        Rights = (MemoryRights)region.Rights.Allowed,
        Kind = region.Kind,
    };
}
