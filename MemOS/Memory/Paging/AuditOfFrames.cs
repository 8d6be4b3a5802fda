using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>The half of the audit that goes through the records of all frames.</summary>
internal sealed class AuditOfFrames<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private readonly FrameAllocator<TMemory> _frames;
    private readonly AuditOfTables<TMemory> _tables;
    private readonly TMemory _memory;
    private ulong _free;

    public AuditOfFrames(FrameAllocator<TMemory> frames, AuditOfTables<TMemory> tables)
    {
        _frames = frames;
        _tables = tables;
        _memory = frames.Memory;
    }

    /// <summary>The first broken rule, or that all is sound.</summary>
    public AuditFinding Check()
    {
        ulong groups = (_frames.EndNumber + PageSizes.SmallInLarge - 1) / PageSizes.SmallInLarge;
        for (ulong i = 0; i < groups; i++)
        {
            FrameGroup group = FrameGroup.Numbered(i);
            if (_memory.Group(group).Capacity == 0)
            {
                continue;
            }

            AuditFinding finding = CheckGroup(group);
            if (!finding.IsSound)
            {
                return finding;
            }
        }

        bool counted = _free == _frames.FreeFrames && _frames.ReservedFrames <= _free;
        return counted ? default : Broken(AuditRule.FreeCounted, default);
    }

    private static AuditFinding Broken(AuditRule rule, Frame frame) => new(rule, frame, default);

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
            Frame frame = group.First + i;
            FrameState state = _memory.Info(frame).State;
            if (state == FrameState.Free)
            {
                free++;
            }
            else if (state != FrameState.Absent)
            {
                AuditFinding finding = CheckUsed(frame);
                if (!finding.IsSound)
                {
                    return finding;
                }
            }
        }

        _free += free;
        return record.Free <= free ? default : Broken(AuditRule.FreeCounted, group.First);
    }

    private AuditFinding CheckUsed(Frame frame)
    {
        FrameInfo info = _memory.Info(frame);
        if (info.MapsOrLink != _tables.MappingsOf(frame))
        {
            return Broken(AuditRule.MappingsCounted, frame);
        }

        bool held = info.State != FrameState.PageTable && info.HoldsOrEntries != 0;
        return info.MapsOrLink != 0 || held
            ? default
            : Broken(AuditRule.NothingLeaked, frame);
    }
}
