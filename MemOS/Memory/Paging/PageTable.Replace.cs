using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <content>Putting another frame behind a page, as a copy on write does.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Maps a page that is mapped, as a small page, to another small frame. The old frame loses
    /// this mapping, and is freed if that was all that kept it. Refused by the frame rule only.
    /// </summary>
    public MapStatus Replace(Page page, Frame frame, PageRights rights)
    {
        RequireOwnHalf(page);
        Frame table = Root;
        for (int level = _levels; level > SmallLevel; level--)
        {
            PageTableEntry step = EntryAt(table, page, level);
            Ensure.That(!step.IsEmpty && !step.IsLarge, "only a small page is replaced");
            table = step.Frame;
        }

        ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, SmallLevel));
        PageTableEntry old = PageTableEntry.FromBits(slot);
        Ensure.That(old.IsCounted, "only RAM is replaced");
        ref FrameInfo info = ref _frames.Counted(frame);
        if (!FrameRule.MayMap(info.State, rights, _half))
        {
            return MapStatus.Refused;
        }

        info.MapsOrLink++;
        slot = PageTableEntry.Counted(frame, PageSize.Small, rights, _half, _features).Bits;
        _memory.FlushPage(Root, page);
        _frames.Unmapped(old.Frame);
        return MapStatus.Mapped;
    }
}
