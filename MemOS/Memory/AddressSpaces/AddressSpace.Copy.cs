using System;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The fault path for mappings of segments. It allocates no managed memory.</content>
public sealed partial class AddressSpace<TMemory>
{
    // Pages that are mapped at one fault, where a segment has them: 64 KB, within one table.
    private const ulong Neighbours = 16;

    private FaultOutcome GiveOfSegment(
        SegmentRegion<TMemory> mapping, Page page, Access access, ref WorkBudget budget)
    {
        if (mapping.IsEnding)
        {
            return FaultOutcome.Denied;
        }

        if (!mapping.Segment.TryFinish(ref budget))
        {
            return FaultOutcome.Unfinished;
        }

        if (mapping.Segment is BackedSegment<TMemory> backed)
        {
            return GiveBacked(mapping, backed, page, access, ref budget);
        }

        if (mapping.Segment is not PageSegment<TMemory> pages)
        {
            // A device is mapped from the beginning.
            OwnPathToWrite(page, access);
            return FaultOutcome.Resumed;
        }

        return access == Access.Write && mapping.IsCopyOnWrite
            ? GiveOwn(mapping, pages, page, ref budget)
            : GiveShared(mapping, pages, page);
    }

    // Maps what the segment has there, large where it can be.
    private FaultOutcome GiveShared(
        SegmentRegion<TMemory> mapping, PageSegment<TMemory> pages, Page page)
    {
        ulong index = mapping.IndexOf(page);
        if (!Table.TryRecall(page, out Frame table))
        {
            int level = Table.Width.Levels();
            table = Table.Root;
            if (mapping.FitsLarge(page.LargeStart))
            {
                Descend(page, level, PageTable<TMemory>.LargeLevel, ref table);
                level = PageTable<TMemory>.LargeLevel;
                if (!Table.IsSet(table, page.LargeStart, PageSize.Large)
                    && pages.TryGiveLarge(index, out Frame large))
                {
                    SetShared(mapping, table, page.LargeStart, PageSize.Large, large);
                    return FaultOutcome.Resumed;
                }
            }

            DescendToSmall(page, level, ref table);
        }

        if (table == default || Table.IsSet(table, page, PageSize.Small))
        {
            return FaultOutcome.Resumed;
        }

        if (pages.TryFindSmall(index, out Frame frame))
        {
            SetShared(mapping, table, page, PageSize.Small, frame);
            GiveNeighbours(mapping, pages, page, table);
            return FaultOutcome.Resumed;
        }

        FaultOutcome outcome = pages.GiveSmall(index, out frame);
        if (outcome != FaultOutcome.Resumed)
        {
            _promise.Open();
            Table.CloseLeaves(table, page);
            _promise.Close();
            return outcome;
        }

        SetShared(mapping, table, page, PageSize.Small, frame);
        return FaultOutcome.Resumed;
    }

    // What is there around a page that was there comes along: who looks at one page of a segment
    // mostly looks at the next, and without a fault. What may be copied would be in the way.
    private void GiveNeighbours(
        SegmentRegion<TMemory> mapping, PageSegment<TMemory> pages, Page page, Frame table)
    {
        if (mapping.IsCopyOnWrite)
        {
            return;
        }

        ulong first = page.Number & ~(Neighbours - 1);
        ulong from = Math.Max(first, mapping.FirstNumber);
        ulong end = Math.Min(first + Neighbours, mapping.EndNumber);
        for (ulong number = from; number < end; number++)
        {
            Page near = Page.Known(number);
            if (!Table.IsSet(table, near, PageSize.Small)
                && pages.TryFindSmall(mapping.IndexOf(near), out Frame frame))
            {
                SetShared(mapping, table, near, PageSize.Small, frame);
            }
        }
    }

    // Makes a page that is written the mapping's own: by a copy, or as it is if no one else can
    // ever see it.
    private FaultOutcome GiveOwn(
        SegmentRegion<TMemory> mapping, FrameSegment<TMemory> segment, Page page,
        ref WorkBudget budget)
    {
        bool isMapped = Table.TryTranslate(page, out Translation found);
        if (isMapped && found.Rights.CanWrite)
        {
            return FaultOutcome.Resumed;
        }

        if (isMapped && found.IsOwn)
        {
            return OwnOrGoOn(page, mapping.Rights, ref budget);
        }

        OwnPath(page);
        if (segment is PageSegment<TMemory> { Mappings: 1, IsInUse: false } pages)
        {
            return KeepOwn(mapping, pages, page);
        }

        if (isMapped)
        {
            ReplaceByCopy(mapping, page, found);
        }
        else
        {
            GiveCopy(mapping, segment, page);
        }

        return FaultOutcome.Resumed;
    }

    private FaultOutcome KeepOwn(
        SegmentRegion<TMemory> mapping, PageSegment<TMemory> pages, Page page)
    {
        FaultOutcome outcome = GiveShared(mapping, pages, page);
        if (outcome != FaultOutcome.Resumed)
        {
            return outcome;
        }

        bool isMapped = Table.TryTranslate(page, out Translation found);
        Ensure.That(isMapped, "a page that was given is there");
        if (found.Size == PageSize.Small)
        {
            BreakLarge(mapping, pages, page);
        }

        pages.GiveUp(mapping.IndexOf(page), found.Size);
        Page first = found.Size == PageSize.Large ? page.LargeStart : page;
        ulong count = found.Size.SmallPages();
        mapping.SegmentPages -= count;
        SegmentPages -= count;
        Table.Open(first, mapping.Rights);
        _promise.Use(count);
        return FaultOutcome.Resumed;
    }

    // Where a large frame is mapped in small pages, each of its small frames goes its own way.
    private void BreakLarge(
        SegmentRegion<TMemory> mapping, PageSegment<TMemory> pages, Page page)
    {
        ulong index = mapping.IndexOf(page);
        if (!pages.TryFind(index, out Frame frame, out PageSize size) || size == PageSize.Small)
        {
            return;
        }

        Frame large = FrameGroup.Of(frame).First;
        ulong before = index & (PageSizes.SmallInLarge - 1);
        pages.Break(index);
        for (ulong i = 0; i < PageSizes.SmallInLarge; i++)
        {
            Page at = Page.Known(page.Number - before + i);
            bool isMapped = mapping.Range.Contains(at)
                && Table.TryTranslate(at, out Translation found) && found.Frame == large + i;
            if (isMapped)
            {
                _frames.Mapped(large + i);
            }
        }
    }

    private void ReplaceByCopy(
        SegmentRegion<TMemory> mapping, Page page, in Translation found)
    {
        if (found.Size == PageSize.Large)
        {
            _promise.Open();
            Ensure.That(Table.TrySplitEdges(PageRange.One(page)), TablesArePromised);
            _promise.Close();
        }

        Replace(page, CopySmall(found.Frame, mapping.Rights), mapping.Rights);
        mapping.SegmentPages--;
        SegmentPages--;
    }

    private void GiveCopy(
        SegmentRegion<TMemory> mapping, FrameSegment<TMemory> segment, Page page)
    {
        Frame copy;
        if (segment.TryFind(mapping.IndexOf(page), out Frame original, out _))
        {
            copy = CopySmall(original, mapping.Rights);
        }
        else
        {
            _promise.Use(1);
            bool isThere = _frames.TryAllocate(FrameUse.ZeroedData(_owner), out copy);
            Ensure.That(isThere, "frames for copies are promised");
        }

        SetNew(
            TableFor(page), page, PageSize.Small, copy, mapping.Rights, PageClaim.Own);
    }

    private Frame TableFor(Page page)
    {
        if (!Table.TryRecall(page, out Frame table))
        {
            table = Table.Root;
            DescendToSmall(page, Table.Width.Levels(), ref table);
        }

        return table;
    }

    private void SetShared(
        SegmentRegion<TMemory> mapping, Frame table, Page page, PageSize size, Frame frame)
    {
        SetNew(table, page, size, frame, mapping.SharedRights, PageClaim.Shared);
        mapping.SegmentPages += size.SmallPages();
        SegmentPages += size.SmallPages();
    }

    private void SetNew(
        Frame table, Page page, PageSize size, Frame frame, PageRights rights, PageClaim claim)
    {
        MapStatus status = Table.SetCounted(table, page, size, frame, rights, claim);
        Ensure.That(status == MapStatus.Mapped, "an empty entry takes what it may have");
    }
}
