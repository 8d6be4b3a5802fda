using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <content>Turning a large page into small ones, which changes no translation.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Splits the large pages that lie across the ends of a range, at most two, so that the range
    /// can change by itself. False if no frame for a table is free; then nothing that can be seen
    /// has changed.
    /// </summary>
    public bool TrySplitEdges(PageRange range)
    {
        if (range.IsEmpty)
        {
            return true;
        }

        RequireOwnHalf(range);
        bool startsInside = !range.First.IsLargeAligned;
        bool endsInside = (range.EndNumber & (PageSizes.SmallInLarge - 1)) != 0;
        return (!startsInside || TrySplit(range.First)) && (!endsInside || TrySplit(range.Last));
    }

    private bool TrySplit(Page page)
    {
        if (!TryOwnPath(page))
        {
            return false;
        }

        Frame table = Root;
        for (int level = _levels; level >= LargeLevel; level--)
        {
            ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, level));
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (entry.IsEmpty)
            {
                return true;
            }

            if (entry.IsLarge)
            {
                return TrySplit(ref slot, entry, page);
            }

            table = entry.Frame;
        }

        return true;
    }

    private bool TrySplit(ref ulong slot, PageTableEntry large, Page page)
    {
        Ensure.That(
            !large.IsOwn || _frames.MapsOf(large.LargeFrame) == 1,
            "a large page of a space's own is copied before it is split");
        if (!_frames.TryAllocateTable(out Frame table))
        {
            return false;
        }

        Family.Tables++;
        for (int i = 0; i < EntryCount; i++)
        {
            _memory.Entry(table, i) = large.SmallPart(i).Bits;
        }

        ref FrameInfo record = ref _memory.Info(table);
        record.MapsOrLink = 1;
        record.HoldsOrEntries = EntryCount;
        if (large.IsCounted)
        {
            _frames.MappingSplit(large.LargeFrame);
        }

        slot = PageTableEntry.Table(table, _half).Bits;
        _memory.FlushPage(Root, page);
        return true;
    }
}
