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
        WorkBudget budget = WorkBudget.Unlimited;
        bool isDone = TryUnmap(range, way, ref budget, out _);
        Ensure.That(isDone, "without a limit all is done");
    }

    /// <summary>
    /// Unmaps as much of a range as the budget allows, from its start on, and a large page or
    /// <see cref="Unmapping{TMemory}.PagesInStep"/> small ones within a table at least.
    /// </summary>
    /// <param name="range">As for <see cref="Unmap(PageRange)"/>.</param>
    /// <param name="way">Why.</param>
    /// <param name="budget">What may be done now.</param>
    /// <param name="next">The first page where something may be left; the range's end if none.
    /// </param>
    /// <returns>Whether all of it is done.</returns>
    internal bool TryUnmap(
        PageRange range, UnmapWay way, ref WorkBudget budget, out ulong next)
    {
        next = range.EndNumber;
        if (range.IsEmpty)
        {
            return true;
        }

        RequireOwnHalf(range);
        ulong first = range.First.Number;
        ulong last = range.EndNumber - 1;
        Unmapping<TMemory> run = new(
            new TranslationFlush<TMemory>(_memory, Root, _half), way, budget);
        if ((first ^ last) >> IndexBits != 0 || !TryUnmapInOne(first, last, ref run))
        {
            UnmapIn(Root, _levels, first, last, ref run);
        }

        run.Flush.Dispose();
        budget = run.Budget;
        next = Math.Min(next, run.Next);
        return next == range.EndNumber;
    }

    // The short way for pages that one table of small pages maps: no table on the way but those
    // that become empty is touched. False if a large page or a table that is shared is met.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryUnmapInOne(ulong first, ulong last, ref Unmapping<TMemory> run)
    {
        Page page = Page.Known(first);
        int level = GoDown(page, out Way way);
        if (level != SmallLevel)
        {
            return EntryAt(way[level - 1], page, level).IsEmpty;
        }

        UnmapSmall(way[0], first, last, ref run);
        ulong tables = Family.Tables;
        Prune(page, way, level, ref run.Flush);
        run.Budget.Spend((tables - Family.Tables) * Unmapping<TMemory>.TableBackCost);
        return true;
    }

    private void UnmapIn(
        Frame table, int level, ulong first, ulong last, ref Unmapping<TMemory> run)
    {
        if (level == SmallLevel)
        {
            UnmapSmall(table, first, last, ref run);
            return;
        }

        ref FrameInfo record = ref _memory.Info(table);
        int shift = (level - 1) * IndexBits;
        ulong start = (first >> shift) & ~(ulong)(EntryCount - 1);
        int end = IndexOf(last, level);
        for (int i = IndexOf(first, level); record.HoldsOrEntries != 0; i++)
        {
            i = NextUsed(table, i, end);
            if (i > end)
            {
                return;
            }

            ulong at = start + (ulong)i;
            ref ulong slot = ref _memory.Entry(table, i);
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            ulong from = Math.Max(first, at << shift);
            ulong to = Math.Min(last, ((at + 1) << shift) - 1);
            if (run.MustStopAt(from))
            {
                return;
            }

            if (!entry.IsLarge)
            {
                bool isAll = run.Way == UnmapWay.End
                    || (to - from == (1ul << shift) - 1 && run.MayLeaveWhole(level));
                if (entry.IsWritable || !IsShared(_memory.Info(entry.Frame)) || !isAll)
                {
                    UnmapBelow(table, level, ref slot, from, to, ref run);
                }
                else
                {
                    LeaveShared(ref record, level, ref slot, ref run);
                }

                continue;
            }

            Ensure.That(
                to - from == PageSizes.SmallInLarge - 1,
                "large pages are split before a part goes");
            slot = 0;
            record.HoldsOrEntries--;
            run.Flush.Add(Page.Known(from));
            Forget(entry, PageSize.Large);
            run.Budget.Spend(Unmapping<TMemory>.LargePageCost);
        }
    }

    private void UnmapBelow(
        Frame table, int level, ref ulong slot, ulong first, ulong last,
        ref Unmapping<TMemory> run)
    {
        if (!PageTableEntry.FromBits(slot).IsWritable)
        {
            Ensure.That(TryOwn(ref slot, level, first), "frames for tables are promised");
            run.Flush.Add(Page.Known(first));
            run.Budget.Spend(Unmapping<TMemory>.TableCopyCost);
        }

        Frame below = PageTableEntry.FromBits(slot).Frame;
        UnmapIn(below, level - 1, first, last, ref run);
        ulong tables = Family.Tables;
        RemoveIfEmpty(table, level, ref slot, first, ref run.Flush);
        run.Budget.Spend((tables - Family.Tables) * Unmapping<TMemory>.TableBackCost);
    }

    private void LeaveShared(
        ref FrameInfo record, int level, ref ulong slot, ref Unmapping<TMemory> run)
    {
        Frame shared = PageTableEntry.FromBits(slot).Frame;
        slot = 0;
        record.HoldsOrEntries--;
        _memory.Info(shared).MapsOrLink--;
        if (run.Way == UnmapWay.Part)
        {
            run.Flush.AddMany();
            ulong pages = Leave(shared, level - 1);
            ResidentPages -= pages;
            run.Budget.Spend(Unmapping<TMemory>.TableCost + (pages * Unmapping<TMemory>.PageCost));
        }
    }

    private void UnmapSmall(
        Frame table, ulong first, ulong last, ref Unmapping<TMemory> run)
    {
        ref FrameInfo record = ref _memory.Info(table);
        int left = record.HoldsOrEntries;
        int inStep = 0;
        ulong start = first & ~(ulong)(EntryCount - 1);
        int end = IndexOf(last, SmallLevel);
        for (int i = IndexOf(first, SmallLevel); left != 0; i++)
        {
            i = NextUsed(table, i, end);
            if (i > end)
            {
                break;
            }

            if (inStep == Unmapping<TMemory>.PagesInStep)
            {
                inStep = 0;
                if (run.MustStopAt(start + (ulong)i))
                {
                    break;
                }
            }

            ref ulong slot = ref _memory.Entry(table, i);
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            slot = 0;
            left--;
            inStep++;
            run.SpendFor(entry);
            run.Flush.Add(Page.Known(start + (ulong)i));
            Forget(entry, PageSize.Small);
        }

        record.HoldsOrEntries = (ushort)left;
        run.Budget.Spend(Unmapping<TMemory>.TableCost);
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
        if (size == PageSize.Large)
        {
            _frames.ForgetCopyOf(entry.LargeFrame);
        }

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
        if (IsFixed(level - 1) || _memory.Info(table).HoldsOrEntries != 0)
        {
            return;
        }

        slot = 0;
        _memory.Info(parent).HoldsOrEntries--;
        flush.Add(Page.Known(page));
        GiveBack(table);
    }

    private static Page PageAt(ulong number) => VirtualAddress.Create(number << 12).Page;
}
