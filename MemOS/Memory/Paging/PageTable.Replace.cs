using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <content>Putting another frame behind a page, as a copy on write does.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Maps a page that is mapped to another frame of the same size. The old frame loses this
    /// mapping, and is freed if that was all that kept it. Refused by the frame rule only.
    /// </summary>
    public MapStatus Replace(
        Page page, Frame frame, PageRights rights, PageClaim claim = PageClaim.Shared)
    {
        RequireOwnHalf(page);
        ref ulong slot = ref Leaf(page, out PageSize size);
        PageTableEntry old = PageTableEntry.FromBits(slot);
        Ensure.That(old.IsCounted, "only RAM is replaced");
        Ensure.That(
            page.IsAligned(size) && frame.IsAligned(size), "a page gets a frame of its size");
        ref FrameInfo info = ref _frames.Counted(frame);
        if (!FrameRule.MayMap(info.State, rights, _half))
        {
            return MapStatus.Refused;
        }

        info.MapsOrLink++;
        slot = PageTableEntry.Counted(frame, size, rights, _half, _features).With(claim).Bits;
        _memory.FlushPage(Root, page);
        Unmapped(old, size);
        Family.OwnFrames += claim == PageClaim.Own ? size.SmallPages() : 0;
        return MapStatus.Mapped;
    }
}
