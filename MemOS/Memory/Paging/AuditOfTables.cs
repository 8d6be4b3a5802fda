using System;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <summary>
/// The half of the audit that goes through page tables, entry by entry, and marks the frames that
/// it meets.
/// </summary>
internal sealed class AuditOfTables<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const int EntryCount = 512;
    private const int MostLevels = 5;

    // About what each step takes, in instructions.
    private const ulong EntryCost = 300;
    private const ulong TableCost = 600;
    private const ulong FrameCost = 36;
    private const ulong KernelHalfCost = 6_000;

    private readonly FrameAllocator<TMemory> _frames;
    private readonly TMemory _memory;

    // The way down to the table that is gone through now, by level; the root is at the highest.
    private readonly Place[] _way = new Place[MostLevels + 1];
    private PageTable<TMemory>? _owner;
    private int _level;

    public AuditOfTables(FrameAllocator<TMemory> frames)
    {
        _frames = frames;
        _memory = frames.Memory;
    }

    /// <summary>The first broken rule.</summary>
    public AuditFinding Finding { get; private set; }

    /// <summary>Begins anew, in no table.</summary>
    public void Begin()
    {
        Finding = default;
        _owner = null;
    }

    /// <summary>
    /// Begins to go through the half that a page table maps; it has to have the kernel's entries
    /// in the other one.
    /// </summary>
    public void Enter(PageTable<TMemory> table, PageTable<TMemory> kernel, ref WorkBudget budget)
    {
        _owner = table;
        _level = table.Width.Levels();
        _memory.Mark(table.Root).Entries++;
        bool isUser = table.Half == SpaceHalf.User;
        int first = isUser ? 0 : EntryCount / 2;
        ulong page = isUser ? 0 : table.Width.FirstKernelPage().Number;
        _way[_level] = new Place(table.Root, first, first + (EntryCount / 2) - 1, page);
        if (isUser)
        {
            CompareKernelHalf(table, kernel);
            budget.Spend(KernelHalfCost);
        }
    }

    /// <summary>Goes on as far as the budget allows.</summary>
    /// <returns>Whether the tables that were entered are done.</returns>
    public bool TryWalk(ref WorkBudget budget)
    {
        while (_owner is not null && Finding.IsSound)
        {
            if (budget.IsSpent)
            {
                return false;
            }

            Step(_owner, ref budget);
        }

        return true;
    }

    /// <summary>Compares what was met of a family with what it says.</summary>
    public void CompareFamily(TableFamily family)
    {
        ref FamilyTally met = ref family.Met;
        if (family.Tables != met.Tables || family.OwnFrames != met.OwnFrames
            || family.FramesTaken != met.FramesTaken)
        {
            Report(AuditRule.FamilyCounted, default, 0);
        }
    }

    private void CompareKernelHalf(PageTable<TMemory> space, PageTable<TMemory> kernel)
    {
        for (int i = EntryCount / 2; i < EntryCount; i++)
        {
            if (_memory.Entry(space.Root, i) != _memory.Entry(kernel.Root, i))
            {
                Report(AuditRule.KernelHalfShared, space.Root, 0);
            }
        }
    }

    // To the next entry in use, or back up where there is none.
    private void Step(PageTable<TMemory> owner, ref WorkBudget budget)
    {
        ref Place at = ref _way[_level];
        int index = _memory.NextEntry(at.Table, at.Next, at.Last);
        if (index > at.Last)
        {
            CheckEntries(at.Table, at.Used, at.Page);
            budget.Spend(TableCost);
            _level++;
            _owner = _level > owner.Width.Levels() ? null : owner;
            return;
        }

        at.Used++;
        at.Next = index + 1;
        ulong page = at.Page + ((ulong)(index - at.First) << ((_level - 1) * 9));
        budget.Spend(EntryCost);
        Visit(
            owner, PageTableEntry.FromBits(_memory.Entry(at.Table, index)), at.Table, page,
            ref budget);
    }

    private void Visit(
        PageTable<TMemory> owner, PageTableEntry entry, Frame table, ulong page,
        ref WorkBudget budget)
    {
        if (entry.IsUser != (owner.Half == SpaceHalf.User))
        {
            Report(AuditRule.HalvesApart, table, page);
        }

        if (_level == 1 || entry.IsLarge)
        {
            PageSize size = _level == 1 ? PageSize.Small : PageSize.Large;
            VisitLeaf(owner, entry, size, page, ref budget);
        }
        else
        {
            VisitTable(owner, entry, page);
        }
    }

    private void VisitTable(PageTable<TMemory> owner, PageTableEntry entry, ulong page)
    {
        Frame table = entry.Frame;
        if (!_frames.IsRam(table) || _frames.StateOf(table) != FrameState.PageTable)
        {
            Report(AuditRule.TablesCounted, table, page);
            return;
        }

        ref FrameMark mark = ref _memory.Mark(table);
        uint way = WayTo(owner.Family, _level - 1, page, entry.IsWritable);
        mark.Entries++;
        if (mark.Entries == 1)
        {
            mark.First = way;
            owner.Family.Met.Tables++;
            _level--;
            _way[_level] = new Place(table, 0, EntryCount - 1, page);
        }
        else if (mark.First != way || entry.IsWritable)
        {
            Report(AuditRule.TablesCounted, table, page);
        }
    }

    // How a table is reached: only the same way leads to it again. Never 0, which stands for none
    // and for a root's.
    private static uint WayTo(TableFamily family, int level, ulong page, bool isWritable)
    {
        const ulong Mixer = 0x9E37_79B9_7F4A_7C15;
        ulong way = (page << 4) | ((ulong)level << 1) | (isWritable ? 1u : 0);
        way = (way ^ (family.Met.Number * Mixer)) * Mixer;
        return (uint)(way >> 32) | 1;
    }

    private void VisitLeaf(
        PageTable<TMemory> owner, PageTableEntry entry, PageSize size, ulong page,
        ref WorkBudget budget)
    {
        Frame frame = size == PageSize.Small ? entry.Frame : entry.LargeFrame;
        if (entry.IsCounted)
        {
            if (!FrameRule.MayMap(_frames.StateOf(frame), entry.Rights, owner.Half))
            {
                Report(AuditRule.WriteXorExecute, frame, page);
            }

            VisitOwn(owner, entry, frame, size, page);
            bool isPart = _memory.Info(frame).Extent == FrameExtent.Part;
            _memory.Mark(isPart ? FrameGroup.Of(frame).First : frame).Entries++;
            return;
        }

        VisitUncounted(owner, entry.Rights, frame, size, page, ref budget);
    }

    // A device's memory, or RAM in the kernel's map of all of it.
    private void VisitUncounted(
        PageTable<TMemory> owner, PageRights rights, Frame frame, PageSize size, ulong page,
        ref WorkBudget budget)
    {
        if (rights.CanExecute)
        {
            Report(AuditRule.WriteXorExecute, frame, page);
        }

        if (frame.Number >= _frames.EndNumber
            || _memory.Group(FrameGroup.Of(frame)).Capacity == 0)
        {
            return;
        }

        // The record of a large frame counts for all of its parts.
        Frame lead = FrameGroup.Of(frame).First;
        bool isLarge = _memory.Info(lead).Extent == FrameExtent.Large;
        Frame first = isLarge ? lead : frame;
        ulong count = Math.Min(
            isLarge ? 1 : size.SmallPages(), _frames.EndNumber - first.Number);
        budget.Spend(count * FrameCost);
        for (ulong i = 0; i < count; i++)
        {
            FrameState state = _memory.Info(Frame.Known(first.Number + i)).State;
            if (!MayMapUncounted(owner.Half, rights, state))
            {
                Report(AuditRule.WriteXorExecute, frame + i, page + i);
            }
        }
    }

    private void VisitOwn(
        PageTable<TMemory> owner, PageTableEntry entry, Frame frame, PageSize size, ulong page)
    {
        if (!entry.IsOwn)
        {
            return;
        }

        bool isAlone = _frames.MapsOf(frame) == 1;
        if (_frames.HoldsOf(frame) != 0 || (entry.IsWritable && !isAlone))
        {
            Report(AuditRule.CopiedBeforeWritten, frame, page);
        }

        ref FrameMark mark = ref _memory.Mark(frame);
        if (mark.First == 0)
        {
            mark.First = 1;
            ulong pages = size.SmallPages();
            owner.Family.Met.OwnFrames += pages;
            owner.Family.Met.FramesTaken += entry.Rights.CanExecute ? 2 * pages : pages;
        }
    }

    // What is not RAM may be mapped by anybody; RAM by the kernel, and to be written if it is not
    // constant.
    private static bool MayMapUncounted(SpaceHalf half, PageRights rights, FrameState state)
    {
        bool isConstant = state is FrameState.ReadOnly or FrameState.Executable;
        return state == FrameState.Absent
            || (half == SpaceHalf.Kernel && !(isConstant && rights.CanWrite));
    }

    private void CheckEntries(Frame table, int used, ulong page)
    {
        if (_memory.Info(table).HoldsOrEntries != used)
        {
            Report(AuditRule.EntriesCounted, table, page);
        }
    }

    private void Report(AuditRule rule, Frame frame, ulong page)
    {
        if (Finding.IsSound)
        {
            Finding = new AuditFinding(rule, frame, VirtualAddress.Create(page << 12).Page);
        }
    }

    // How far a table is gone through.
    private struct Place(Frame table, int first, int last, ulong page)
    {
        public readonly Frame Table = table;

        // The indexes that are looked at, and the page that the first of them maps.
        public readonly int First = first;
        public readonly int Last = last;
        public readonly ulong Page = page;

        public int Next = first;
        public int Used;
    }
}
