using System;
using System.Collections.Generic;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <summary>The half of the audit that goes through page tables and counts what it meets.</summary>
internal sealed class AuditOfTables<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const int EntryCount = 512;
    private const ulong Slack = 1024;

    private readonly FrameAllocator<TMemory> _frames;
    private readonly TMemory _memory;
    private readonly Dictionary<ulong, uint> _mappings;
    private readonly Dictionary<Frame, Way> _ways;
    private readonly Dictionary<TableFamily, (ulong Tables, ulong Own, ulong Taken)> _families;
    private readonly HashSet<Frame> _own;

    public AuditOfTables(FrameAllocator<TMemory> frames, int mostFamilies)
    {
        _frames = frames;
        _memory = frames.Memory;

        // No frame is met that is not in use, but for those that these take themselves.
        ulong used = frames.TotalFrames - frames.FreeFrames;
        int most = (int)Math.Min(used + (used / 4) + Slack, int.MaxValue / 2);
        _mappings = new Dictionary<ulong, uint>(most);
        _ways = new Dictionary<Frame, Way>(most);
        _own = new HashSet<Frame>(most);
        _families = new(mostFamilies);
    }

    /// <summary>The first broken rule.</summary>
    public AuditFinding Finding { get; private set; }

    /// <summary>How many entries map the frame, or point to it if it is a table.</summary>
    public uint MappingsOf(Frame frame) => _mappings.GetValueOrDefault(frame.Number);

    /// <summary>Visits all tables and pages of the half that a page table maps.</summary>
    public void Walk(PageTable<TMemory> table)
    {
        int levels = table.Width.Levels();
        ulong first = table.Half == SpaceHalf.User ? 0 : table.Width.FirstKernelPage().Number;
        int start = table.Half == SpaceHalf.User ? 0 : EntryCount / 2;
        Count(table.Root);
        int used = 0;
        for (int i = start; i < start + (EntryCount / 2); i++)
        {
            ulong page = first + ((ulong)(i - start) << ((levels - 1) * 9));
            used += Visit(table, table.Root, i, levels, page);
        }

        CheckEntries(table.Root, used, first);
    }

    /// <summary>Compares what was counted of families with what they say.</summary>
    public void CompareFamilies()
    {
        foreach ((TableFamily family, (ulong tables, ulong own, ulong taken)) in _families)
        {
            if (family.Tables != tables || family.OwnFrames != own
                || family.FramesTaken != taken)
            {
                Report(AuditRule.FamilyCounted, default, 0);
            }
        }
    }

    /// <summary>Compares the upper half of a space's root with the kernel's.</summary>
    public void CompareKernelHalf(PageTable<TMemory> space, PageTable<TMemory> kernel)
    {
        for (int i = EntryCount / 2; i < EntryCount; i++)
        {
            if (_memory.Entry(space.Root, i) != _memory.Entry(kernel.Root, i))
            {
                Report(AuditRule.KernelHalfShared, space.Root, 0);
            }
        }
    }

    private int Visit(
        PageTable<TMemory> owner, Frame table, int index, int level, ulong page)
    {
        PageTableEntry entry = PageTableEntry.FromBits(_memory.Entry(table, index));
        if (entry.IsEmpty)
        {
            return 0;
        }

        if (entry.IsUser != (owner.Half == SpaceHalf.User))
        {
            Report(AuditRule.HalvesApart, table, page);
        }

        if (level == 1 || entry.IsLarge)
        {
            VisitLeaf(owner, entry, level == 1 ? PageSize.Small : PageSize.Large, page);
        }
        else
        {
            VisitTable(owner, entry, level - 1, page);
        }

        return 1;
    }

    private void VisitTable(PageTable<TMemory> owner, PageTableEntry entry, int level, ulong page)
    {
        Frame table = entry.Frame;
        bool isTable = _frames.IsRam(table) && _frames.StateOf(table) == FrameState.PageTable;
        Way way = new(owner.Family, level, page, entry.IsWritable);
        bool wasSeen = MappingsOf(table) != 0;
        bool isSame = wasSeen && _ways.TryGetValue(table, out Way first) && first == way
            && !way.IsWritable;
        if (!isTable || wasSeen != isSame)
        {
            Report(AuditRule.TablesCounted, table, page);
            return;
        }

        Count(table);
        if (wasSeen)
        {
            return;
        }

        _ways.Add(table, way);
        (ulong tables, ulong own, ulong taken) = _families.GetValueOrDefault(owner.Family);
        _families[owner.Family] = (tables + 1, own, taken);
        int used = 0;
        for (int i = 0; i < EntryCount; i++)
        {
            // Most entries of most tables are empty.
            if (_memory.Entry(table, i) != 0)
            {
                used += Visit(owner, table, i, level, page + ((ulong)i << ((level - 1) * 9)));
            }
        }

        CheckEntries(table, used, page);
    }

    private void VisitLeaf(
        PageTable<TMemory> owner, PageTableEntry entry, PageSize size, ulong page)
    {
        Frame frame = size == PageSize.Small ? entry.Frame : entry.LargeFrame;
        if (entry.IsCounted)
        {
            if (!FrameRule.MayMap(_frames.StateOf(frame), entry.Rights, owner.Half))
            {
                Report(AuditRule.WriteXorExecute, frame, page);
            }

            VisitOwn(owner, entry, frame, size, page);
            bool part = _memory.Info(frame).Extent == FrameExtent.Part;
            Count(part ? FrameGroup.Of(frame).First : frame);
            return;
        }

        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            if (!MayMapUncounted(owner.Half, frame + i, entry.Rights))
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

        if (_own.Add(frame))
        {
            ulong pages = size.SmallPages();
            ulong weight = entry.Rights.CanExecute ? 2u : 1u;
            (ulong tables, ulong own, ulong taken) =
                _families.GetValueOrDefault(owner.Family);
            _families[owner.Family] = (tables, own + pages, taken + (weight * pages));
        }
    }

    private bool MayMapUncounted(SpaceHalf half, Frame frame, PageRights rights)
    {
        if (rights.CanExecute)
        {
            return false;
        }

        if (!_frames.IsRam(frame))
        {
            return true;
        }

        Frame first = FrameGroup.Of(frame).First;
        bool large = _memory.Info(first).Extent == FrameExtent.Large;
        FrameState state = _memory.Info(large ? first : frame).State;
        bool constant = state is FrameState.ReadOnly or FrameState.Executable;
        return half == SpaceHalf.Kernel && !(constant && rights.CanWrite);
    }

    private void CheckEntries(Frame table, int used, ulong page)
    {
        if (_memory.Info(table).HoldsOrEntries != used)
        {
            Report(AuditRule.EntriesCounted, table, page);
        }
    }

    private void Count(Frame frame) => _mappings[frame.Number] = MappingsOf(frame) + 1;

    // How a table was reached first: only the same way leads to it again.
    private readonly record struct Way(
        TableFamily Family, int Level, ulong Page, bool IsWritable);

    private void Report(AuditRule rule, Frame frame, ulong page)
    {
        if (Finding.IsSound)
        {
            Finding = new AuditFinding(rule, frame, VirtualAddress.Create(page << 12).Page);
        }
    }
}
