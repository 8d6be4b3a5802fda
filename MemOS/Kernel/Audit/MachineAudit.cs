using System.Collections.Generic;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;
using MemOS.Syscalls;

namespace MemOS.Audit;

/// <summary>
/// The check of the whole machine, from above to below: every process's regions against its page
/// tables, segments against regions and claims, what is kept against what was promised, and all
/// page tables against the records of all frames, with every alias. See docs/invariants.md.
/// </summary>
internal static class MachineAudit
{
    // More than the audit's own lists take for each frame in use.
    private const ulong BytesPerFrame = 160;
    private const ulong BytesPerJob = 256;
    private const ulong BytesBeside = 1 << 20;

    /// <summary>Frames of the kernel's heap that the check takes at most.</summary>
    internal static ulong HeapFrames
    {
        get
        {
            FrameAllocator<MachineMemory> frames = ProcessTable.Memory.Frames;
            ulong used = frames.TotalFrames - frames.FreeFrames;
            ulong jobs = (ulong)JobTable.Count;
            return HeapNeed.ToKeep(
                0, BytesBeside + (used * BytesPerFrame) + (jobs * BytesPerJob));
        }
    }

    /// <summary>Checks everything and writes into the log what it found.</summary>
    /// <returns>Whether every rule holds.</returns>
    internal static bool Run()
    {
        string? broken = Check();
        if (broken is null)
            Log.Info($"audit: sound, {ProcessTable.Count} processes");
        else
            Log.Warn($"audit: BROKEN, {broken}");
        return broken is null;
    }

    // The kernel's own tables come last, as its heap must not grow any more then.
    private static string? Check() =>
        CheckDevices() ?? CheckSpaces() ?? SegmentAudit.Check() ?? JobAudit.Check()
            ?? CheckPromises() ?? CheckCensus() ?? CheckTables();

    private static string? CheckDevices() => DeviceTable.FindMaster() is { } function
        ? $"the device {function.Vendor:x4}:{function.Device:x4} can write to any memory"
        : null;

    private static string? CheckSpaces()
    {
        for (Process? process = ProcessTable.First; process is not null; process = process.Younger)
        {
            // One that ends is half unmapped; tables and frames are checked all the same.
            SpaceRule rule = process.Ending is null
                ? process.LiveSpace.Audit()
                : SpaceRule.Sound;
            if (rule != SpaceRule.Sound)
                return $"{rule} in {process.Name} ({process.Id.Value})";
        }
        return null;
    }

    // Nothing is kept back that nobody was promised, and the reverse.
    private static string? CheckPromises()
    {
        HashSet<TableFamily> counted = [];
        ulong promised = 0;
        for (Process? at = ProcessTable.First; at is not null; at = at.Younger)
        {
            if (at.Space is { } space && counted.Add(space.Table.Family))
                promised += space.PromisedFrames;
        }
        for (SegmentEntry? entry = SegmentTable.First; entry is not null; entry = entry.Next)
            promised += entry.Segment.PromisedFrames;
        // Last: the set may have made the heap grow, which takes of what is kept for it.
        promised += HeapWindow.ReservedFrames + MemoryShortage.HeldFrames;
        ulong kept = ProcessTable.Memory.Frames.ReservedFrames;
        return kept == promised ? null : $"{kept} frames are kept, {promised} are promised";
    }

    private static string? CheckCensus()
    {
        MemoryCensus census = MemoryCensus.Take();
        ulong known = census.Free + census.Kernel + census.Programs;
        return known == census.Total ? null : $"{census.Total} frames, {known} with an owner";
    }

    private static string? CheckTables()
    {
        List<PageTable<MachineMemory>> spaces = [];
        for (Process? at = ProcessTable.First; at is not null; at = at.Younger)
        {
            if (at.Space is { } space)
                spaces.Add(space.Table);
        }
        KernelMemory memory = ProcessTable.Memory;
        AuditFinding finding =
            PageTableAudit.Check(memory.Frames, memory.Table, spaces.ToArray());
        return finding.IsSound ? null : finding.ToString();
    }
}
