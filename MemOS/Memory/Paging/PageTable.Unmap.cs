using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <content>Taking pages away.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Unmaps what is mapped of a range. Frames that nothing maps or holds any more are freed, and
    /// so are tables that become empty. No large page may lie across an end of the range: see
    /// <see cref="TrySplitEdges"/>. Costs in proportion to the tables in the range.
    /// </summary>
    public void Unmap(PageRange range) => Unmap(range, UnmapWay.Part);

    /// <summary>
    /// Unmaps pages of a space that goes on, or of one that ends. Where a part of a table goes that
    /// is shared, a frame for the copy is free.
    /// </summary>
    internal void Unmap(PageRange range, UnmapWay way)
    {
        if (range.IsEmpty)
        {
            return;
        }

        RequireOwnHalf(range);
        var flush = new TranslationFlush<TMemory>(_memory, Root, _half);
        UnmapIn(Root, _levels, range.First.Number, range.Last.Number, way, ref flush);
        flush.Dispose();
    }

    // Gives back the empty tables on the way to a page where nothing is mapped.
    private void Prune(Page page)
    {
        var flush = new TranslationFlush<TMemory>(_memory, Root, _half);
        PruneIn(Root, _levels, page, ref flush);
        flush.Dispose();
    }

    private void PruneIn(
        Frame table, int level, Page page, ref TranslationFlush<TMemory> flush)
    {
        ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, level));
        PageTableEntry entry = PageTableEntry.FromBits(slot);
        if (level == SmallLevel || entry.IsEmpty || entry.IsLarge)
        {
            return;
        }

        PruneIn(entry.Frame, level - 1, page, ref flush);
        RemoveIfEmpty(table, level, ref slot, page.Number, ref flush);
    }

    private void UnmapIn(
        Frame table, int level, ulong first, ulong last, UnmapWay way,
        ref TranslationFlush<TMemory> flush)
    {
        if (level == SmallLevel)
        {
            UnmapSmall(table, first, last, ref flush);
            return;
        }

        ref FrameInfo record = ref _memory.Info(table);
        int shift = (level - 1) * IndexBits;
        ulong end = last >> shift;
        for (ulong at = first >> shift; at <= end && record.HoldsOrEntries != 0; at++)
        {
            ref ulong slot = ref _memory.Entry(table, (int)at & (EntryCount - 1));
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (entry.IsEmpty)
            {
                continue;
            }

            ulong from = Math.Max(first, at << shift);
            ulong to = Math.Min(last, ((at + 1) << shift) - 1);
            if (!entry.IsLarge)
            {
                bool isAll = way == UnmapWay.End || to - from == (1ul << shift) - 1;
                if (entry.IsWritable || !IsShared(_memory.Info(entry.Frame)) || !isAll)
                {
                    UnmapBelow(table, level, ref slot, from, to, way, ref flush);
                }
                else
                {
                    LeaveShared(ref record, level, ref slot, way, ref flush);
                }

                continue;
            }

            Ensure.That(
                to - from == PageSizes.SmallInLarge - 1,
                "large pages are split before a part goes");
            slot = 0;
            record.HoldsOrEntries--;
            flush.Add(Page.Known(from));
            Forget(entry, PageSize.Large);
        }
    }

    private void UnmapBelow(
        Frame table, int level, ref ulong slot, ulong first, ulong last, UnmapWay way,
        ref TranslationFlush<TMemory> flush)
    {
        if (!PageTableEntry.FromBits(slot).IsWritable)
        {
            Ensure.That(TryOwn(ref slot, level), "frames for tables are promised");
            flush.Add(Page.Known(first));
        }

        Frame below = PageTableEntry.FromBits(slot).Frame;
        UnmapIn(below, level - 1, first, last, way, ref flush);
        RemoveIfEmpty(table, level, ref slot, first, ref flush);
    }

    private void LeaveShared(
        ref FrameInfo record, int level, ref ulong slot, UnmapWay way,
        ref TranslationFlush<TMemory> flush)
    {
        Frame shared = PageTableEntry.FromBits(slot).Frame;
        slot = 0;
        record.HoldsOrEntries--;
        _memory.Info(shared).MapsOrLink--;
        if (way == UnmapWay.Part)
        {
            flush.AddMany();
            ResidentPages -= Leave(shared, level - 1);
        }
    }

    private void UnmapSmall(
        Frame table, ulong first, ulong last, ref TranslationFlush<TMemory> flush)
    {
        ref FrameInfo record = ref _memory.Info(table);
        int left = record.HoldsOrEntries;
        for (ulong at = first; at <= last && left != 0; at++)
        {
            ref ulong slot = ref _memory.Entry(table, (int)at & (EntryCount - 1));
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (!entry.IsEmpty)
            {
                slot = 0;
                left--;
                flush.Add(Page.Known(at));
                Forget(entry, PageSize.Small);
            }
        }

        record.HoldsOrEntries = (ushort)left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Forget(PageTableEntry entry, PageSize size)
    {
        if (entry.IsCounted)
        {
            ResidentPages -= size.SmallPages();
            Unmapped(entry, size);
        }
    }

    private void Unmapped(PageTableEntry entry, PageSize size)
    {
        bool isFreed = _frames.Unmapped(
            size == PageSize.Small ? entry.Frame : entry.LargeFrame);
        if (isFreed && entry.IsOwn)
        {
            Family.OwnFrames -= size.SmallPages();
            Family.FramesTaken -= size.SmallPages() * (entry.Rights.CanExecute ? 2u : 1u);
        }
    }

    private void RemoveIfEmpty(
        Frame parent, int level, ref ulong slot, ulong page, ref TranslationFlush<TMemory> flush)
    {
        Frame table = PageTableEntry.FromBits(slot).Frame;
        bool shared = _half == SpaceHalf.Kernel && level == _levels;
        if (shared || _memory.Info(table).HoldsOrEntries != 0)
        {
            return;
        }

        slot = 0;
        _memory.Info(parent).HoldsOrEntries--;
        flush.Add(Page.Known(page));
        Family.Tables--;
        _frames.FreeTable(table);
    }

    private static Page PageAt(ulong number) => VirtualAddress.Create(number << 12).Page;
}
