using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>
/// The half of the audit that goes through the records of all frames, a group at a time, and
/// compares them with what was met.
/// </summary>
internal sealed class AuditOfFrames<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // About what a group takes, in instructions.
    private const ulong GapCost = 20;
    private const ulong ForgetCost = 5_500;
    private const ulong CompareCost = 21_000;

    private readonly FrameAllocator<TMemory> _frames;
    private readonly TMemory _memory;
    private ulong _next;
    private ulong _free;

    public AuditOfFrames(FrameAllocator<TMemory> frames)
    {
        _frames = frames;
        _memory = frames.Memory;
    }

    /// <summary>The first broken rule.</summary>
    public AuditFinding Finding { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        Finding = default;
        _next = 0;
        _free = 0;
    }

    /// <summary>Takes the marks of the last audit away, as far as the budget allows.</summary>
    /// <returns>Whether all are gone.</returns>
    public bool TryForget(ref WorkBudget budget)
    {
        while (TryNext(ref budget, out FrameGroup group))
        {
            for (ulong i = 0; i < PageSizes.SmallInLarge; i++)
            {
                _memory.Mark(Frame.Known(group.First.Number + i)) = default;
            }

            budget.Spend(ForgetCost);
        }

        return IsOver();
    }

    /// <summary>Compares records with marks, as far as the budget allows.</summary>
    /// <returns>Whether all were compared, or a rule is broken.</returns>
    public bool TryCompare(ref WorkBudget budget)
    {
        while (Finding.IsSound && TryNext(ref budget, out FrameGroup group))
        {
            Finding = CheckGroup(group);
            budget.Spend(CompareCost);
        }

        if (!Finding.IsSound)
        {
            return true;
        }

        if (!IsOver())
        {
            return false;
        }

        bool isCounted = _free == _frames.FreeFrames && _frames.ReservedFrames <= _free;
        Finding = isCounted ? default : Broken(AuditRule.FreeCounted, default);
        return true;
    }

    private static AuditFinding Broken(AuditRule rule, Frame frame) => new(rule, frame, default);

    // The next group with RAM in it; none if the budget is spent or there are no more.
    private bool TryNext(ref WorkBudget budget, out FrameGroup group)
    {
        group = default;
        bool isFound = false;
        while (!isFound && _next < Groups && !budget.IsSpent)
        {
            group = FrameGroup.Numbered(_next++);
            isFound = _memory.Group(group).Capacity != 0;
            budget.Spend(GapCost);
        }

        return isFound;
    }

    private ulong Groups =>
        (_frames.EndNumber + PageSizes.SmallInLarge - 1) / PageSizes.SmallInLarge;

    // Whether all groups were come to; then the next pass begins with the first.
    private bool IsOver()
    {
        if (_next < Groups)
        {
            return false;
        }

        _next = 0;
        return true;
    }

    private AuditFinding CheckGroup(FrameGroup group)
    {
        GroupInfo record = _memory.Group(group);
        if (_memory.Info(group.First).Extent == FrameExtent.Large)
        {
            return record.Free == 0
                ? CheckUsed(group.First)
                : Broken(AuditRule.FreeCounted, group.First);
        }

        ulong free = 0;
        for (ulong i = 0; i < PageSizes.SmallInLarge; i++)
        {
            Frame frame = Frame.Known(group.First.Number + i);
            ref FrameInfo info = ref _memory.Info(frame);
            if (info.State == FrameState.Free)
            {
                free++;
            }
            else if (info.State != FrameState.Absent && !IsRight(info, _memory.Mark(frame)))
            {
                return CheckUsed(frame);
            }
        }

        _free += free;
        return record.Free <= free ? default : Broken(AuditRule.FreeCounted, group.First);
    }

    private AuditFinding CheckUsed(Frame frame)
    {
        ref FrameInfo info = ref _memory.Info(frame);
        FrameMark met = _memory.Mark(frame);
        if (IsRight(info, met))
        {
            return default;
        }

        return Broken(
            info.MapsOrLink == met.Entries ? AuditRule.NothingLeaked : AuditRule.MappingsCounted,
            frame);
    }

    // Whether entries are counted that were met, and somebody has the frame.
    private static bool IsRight(in FrameInfo info, in FrameMark met)
    {
        bool isHeld = info.State != FrameState.PageTable && info.HoldsOrEntries != 0;
        return info.MapsOrLink == met.Entries && (info.MapsOrLink != 0 || isHeld);
    }
}
