using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <content>
/// Tables that several spaces share. Whoever points to a table that others point to as well does
/// so without the right to write, which closes all below it; before anything below it changes, the
/// space gets its own copy, whose own pages lack the right to write in both.
/// </content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Makes the top level of a space that is to have all that this one has: nothing is mapped in
    /// it before <see cref="Share"/>. False if no frame is free.
    /// </summary>
    public bool TryBeginFork(out PageTable<TMemory>? copy)
    {
        Ensure.That(_half == SpaceHalf.User, "the kernel half has no copies");
        copy = null;
        if (!_frames.TryAllocateTable(out Frame root))
        {
            return false;
        }

        foreach (ushort i in _top.Complete())
        {
            _memory.Entry(root, i) = _memory.Entry(Root, i);
        }

        Family.WasForked = true;
        copy = new PageTable<TMemory>(
            _frames, Width, _features, SpaceHalf.User, root, _top, Family);
        return true;
    }

    /// <summary>
    /// Gives a copy all that this space has, by sharing what the top level points to: that costs
    /// the same however much is mapped.
    /// </summary>
    internal void Share(PageTable<TMemory> copy)
    {
        Ensure.That(copy.ResidentPages == 0, "nothing is mapped in a copy that is new");
        CopyEntries(Root, copy.Root, _levels, 0);
        ForgetRecent();
        copy.ResidentPages = ResidentPages;
        _memory.FlushSpace(Root);
    }

    /// <summary>
    /// Makes all tables on the way to a page this space's alone. False if no frame is free; then
    /// nothing that can be seen has changed.
    /// </summary>
    internal bool TryOwnPath(Page page)
    {
        if (!Family.WasForked)
        {
            return true;
        }

        Frame table = Root;
        bool isChanged = false;
        bool isDone = true;
        for (int level = _levels; level > SmallLevel && isDone; level--)
        {
            ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, level));
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (entry.IsEmpty || entry.IsLarge)
            {
                break;
            }

            if (!entry.IsWritable)
            {
                isDone = TryOwn(ref slot, level, page.Number);
                isChanged = true;
            }

            table = PageTableEntry.FromBits(slot).Frame;
        }

        if (isChanged)
        {
            _memory.FlushPage(Root, page);
        }

        return isDone;
    }

    /// <summary>
    /// Lets one write a page that nothing else maps, and makes it the space's own if it was not;
    /// its way is its own.
    /// </summary>
    internal void Open(Page page, PageRights rights)
    {
        ref ulong slot = ref Leaf(page, out PageSize size);
        PageTableEntry entry = PageTableEntry.FromBits(slot);
        Family.OwnFrames += entry.IsOwn ? 0 : size.SmallPages();
        slot = entry.WithRights(rights, _half, _features).With(PageClaim.Own).Bits;
        _memory.FlushPage(Root, page);
    }

    /// <summary>
    /// The same for a small page of the space's own in a table that was found; false if something
    /// else maps it, so that it has to be copied.
    /// </summary>
    internal bool TryOpenSmall(
        Frame table, Page page, PageRights rights, FrameOwner owner, out Frame frame)
    {
        ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, SmallLevel));
        PageTableEntry entry = PageTableEntry.FromBits(slot);
        Ensure.That(entry.IsOwn, "a page of the space's own is there");
        frame = entry.Frame;
        if (entry.IsWritable)
        {
            return true;
        }

        ref FrameInfo info = ref _frames.Counted(frame);
        if (info.MapsOrLink != 1)
        {
            return false;
        }

        info.Owner = owner.Value;
        slot = entry.WithRights(rights, _half, _features).Bits;
        _memory.FlushPage(Root, page);
        return true;
    }

    /// <summary>
    /// Puts a copy in 512 small frames, which the allocator has made, in the place of a large page
    /// of the space's own, whose way is its own. There is a frame for a table.
    /// </summary>
    internal void ReplaceBySmall(Page first, FrameUse use, PageRights rights)
    {
        ref ulong slot = ref Leaf(first, out PageSize size);
        Ensure.That(size == PageSize.Large, "a large page is copied in small ones");
        PageTableEntry large = PageTableEntry.FromBits(slot);
        bool isThere = _frames.TryAllocateTable(out Frame table);
        Ensure.That(isThere, "frames for tables are promised");
        for (int i = EntryCount - 1; i >= 0; i--)
        {
            Frame copy = _frames.TakeSmallCopy(use);
            _frames.Mapped(copy);
            _memory.Entry(table, i) = PageTableEntry
                .Counted(copy, PageSize.Small, rights, _half, _features).With(PageClaim.Own).Bits;
        }

        ref FrameInfo record = ref _memory.Info(table);
        record.MapsOrLink = 1;
        record.HoldsOrEntries = EntryCount;
        Family.Tables++;
        Family.OwnFrames += EntryCount;
        slot = PageTableEntry.Table(table, _half).Bits;
        _memory.FlushPage(Root, first);
        Unmapped(large, PageSize.Large);
    }

    private static bool IsShared(in FrameInfo table) => table.MapsOrLink != 1;

    // What the entry of a table of this level points to, on the way to a page, becomes this space's
    // alone.
    private bool TryOwn(ref ulong slot, int level, ulong page)
    {
        PageTableEntry entry = PageTableEntry.FromBits(slot);
        ref FrameInfo record = ref _memory.Info(entry.Frame);
        if (!IsShared(record))
        {
            slot = PageTableEntry.Table(entry.Frame, _half).Bits;
            return true;
        }

        if (!_frames.TryAllocateTable(out Frame copy))
        {
            return false;
        }

        Family.Tables++;
        CopyEntries(entry.Frame, copy, level - 1, IndexOf(page, level - 1));
        record.MapsOrLink--;
        _memory.Info(copy).MapsOrLink = 1;
        slot = PageTableEntry.Table(copy, _half).Bits;
        return true;
    }

    // Of a root, those of the user half. Most tables on the way to a page have one entry alone, for
    // which the others need not be searched: likely is that of the page.
    private void CopyEntries(Frame from, Frame to, int level, int likely)
    {
        int left = _memory.Info(from).HoldsOrEntries;
        _memory.Info(to).HoldsOrEntries = (ushort)left;
        for (int i = left == 1 && _memory.Entry(from, likely) != 0 ? likely : 0; left != 0; i++)
        {
            i = NextUsed(from, i, EntryCount - 1);
            left--;
            ref ulong slot = ref _memory.Entry(from, i);
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (level > SmallLevel && !entry.IsLarge)
            {
                entry = entry.WithoutWrite();
                _memory.Info(entry.Frame).MapsOrLink++;
            }
            else
            {
                entry = entry.IsOwn ? entry.WithoutWrite() : entry;
                CountLeaf(entry, level);
            }

            slot = entry.Bits;
            _memory.Entry(to, i) = entry.Bits;
        }
    }

    private void CountLeaf(PageTableEntry entry, int level)
    {
        if (entry.IsCounted)
        {
            _frames.Mapped(level == SmallLevel ? entry.Frame : entry.LargeFrame);
        }
    }

    // Takes leave of a table that others keep. Those who keep it may write to its pages again
    // without a fault, so these count as no one's from now on. Tells how many pages there are.
    private ulong Leave(Frame table, int level)
    {
        ulong pages = 0;
        int left = _memory.Info(table).HoldsOrEntries;
        for (int i = 0; left != 0; i++)
        {
            i = NextUsed(table, i, EntryCount - 1);
            left--;
            PageTableEntry entry = PageTableEntry.FromBits(_memory.Entry(table, i));
            if (level > SmallLevel && !entry.IsLarge)
            {
                pages += Leave(entry.Frame, level - 1);
            }
            else if (entry.IsCounted)
            {
                Frame frame = level == SmallLevel ? entry.Frame : entry.LargeFrame;
                _frames.Counted(frame).Owner = FrameOwner.Unknown.Value;
                pages += PagesUnder(level);
            }
        }

        return pages;
    }

    private ref ulong Leaf(Page page, out PageSize size)
    {
        Frame table = Root;
        for (int level = _levels; level > SmallLevel; level--)
        {
            ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, level));
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            Ensure.That(!entry.IsEmpty, "only what is there is changed");
            if (entry.IsLarge)
            {
                size = PageSize.Large;
                return ref slot;
            }

            Ensure.That(entry.IsWritable, "only a space's own tables are changed");
            table = entry.Frame;
        }

        size = PageSize.Small;
        return ref _memory.Entry(table, IndexOf(page.Number, SmallLevel));
    }
}
