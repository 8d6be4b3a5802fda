using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Frames;
using MemOS.Processes;
using MemOS.Segments;
using MemOS.Syscalls;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about numbers of frames: those that are kept back are what somebody was
/// promised, and each frame is somebody's.
/// </summary>
internal sealed class FrameAudit : AuditPart
{
    // About what a process or a segment takes, in instructions.
    private const ulong Cost = 150;

    private ulong _number;
    private Process? _process;
    private SegmentEntry? _entry;
    private ulong _promised;
    private ulong _programs;

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget)
    {
        for (; _process is { } process; _process = process.Younger)
        {
            if (budget.IsSpent)
                return false;
            Count(process);
            budget.Spend(Cost);
        }
        for (; _entry is { } entry; _entry = entry.Next)
        {
            if (budget.IsSpent)
                return false;
            _promised += entry.Segment.PromisedFrames;
            _programs += entry.Segment.UsedFrames;
            budget.Spend(Cost);
        }
        ComparePromises();
        CompareCensus();
        return true;
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        _number = CountNumber.Next();
        _process = ProcessTable.First;
        _entry = SegmentTable.First;
        _promised = 0;
        _programs = 0;
    }

    private void Count(Process process)
    {
        bool isFirst = process.Space is { } space && !space.Table.Family.IsCountedIn(_number);
        _promised += isFirst ? process.LiveSpace.PromisedFrames : 0;
        _programs += MemoryCensus.FramesOf(process, _number);
    }

    // Nothing is kept back that nobody was promised, and the reverse.
    private void ComparePromises()
    {
        ulong promised = _promised + HeapWindow.ReservedFrames + MemoryShortage.HeldFrames;
        ulong kept = ProcessTable.Memory.Frames.ReservedFrames;
        if (kept == promised)
            return;
        IsBroken = true;
        Log.Warn($"audit: BROKEN, {kept} frames are kept, {promised} are promised");
    }

    private void CompareCensus()
    {
        MemoryCensus census = MemoryCensus.With(_programs);
        ulong known = census.Free + census.Kernel + census.Programs;
        if (known == census.Total || IsBroken)
            return;
        IsBroken = true;
        Log.Warn($"audit: BROKEN, {census.Total} frames, {known} with an owner");
    }
}
