using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Paging;

/// <content>Reading the tables as the processor does.</content>
public sealed partial class PageTable<TMemory>
{
    // Where a page is mapped, and the bits that all entries on the way there have.
    private readonly record struct Spot(Page Page, Frame Table, int Level, ulong Way);

    /// <summary>
    /// What is mapped at a page of this table's half, whatever its rights; false if nothing is.
    /// </summary>
    public bool TryTranslate(Page page, out Translation translation)
    {
        RequireOwnHalf(page);
        ulong way = ulong.MaxValue;
        int level = BeginAt(page, out Frame table);
        for (; level > SmallLevel; level--)
        {
            PageTableEntry entry = EntryAt(table, page, level);
            if (entry.IsEmpty)
            {
                translation = default;
                return false;
            }

            if (entry.IsLarge)
            {
                Frame frame = entry.LargeFrame + (page.Number & (PageSizes.SmallInLarge - 1));
                translation = new Translation(frame, PageSize.Large, entry.Behind(way));
                return true;
            }

            way &= entry.Bits;
            table = entry.Frame;
        }

        PageTableEntry leaf = EntryAt(table, page, SmallLevel).Behind(way);
        translation = leaf.IsEmpty
            ? default
            : new Translation(leaf.Frame, PageSize.Small, leaf);
        return !leaf.IsEmpty;
    }

    /// <summary>
    /// The frame behind a page if RAM is mapped there and every one of the accesses is allowed: how
    /// the kernel reaches a program's memory (architecture decision D10).
    /// </summary>
    public bool TryReach(Page page, Access access, out Frame frame)
    {
        RequireOwnHalf(page);
        ulong way = ulong.MaxValue;
        for (int level = BeginAt(page, out frame); level > SmallLevel; level--)
        {
            PageTableEntry entry = EntryAt(frame, page, level);
            if (entry.IsEmpty)
            {
                return false;
            }

            if (entry.IsLarge)
            {
                frame = entry.LargeFrame + (page.Number & (PageSizes.SmallInLarge - 1));
                return entry.IsCounted && Lets(entry.Behind(way).Rights, access);
            }

            way &= entry.Bits;
            frame = entry.Frame;
        }

        PageTableEntry leaf = EntryAt(frame, page, SmallLevel).Behind(way);
        frame = leaf.Frame;
        return leaf.IsCounted && Lets(leaf.Rights, access);
    }

    /// <summary>
    /// The lowest page of a range, small or large, that is mapped; false if none is. Costs in
    /// proportion to the tables that are passed over. No large page may lie across the start.
    /// </summary>
    internal bool TryFindMapped(ulong from, ulong end, out Page page, out Translation found)
    {
        bool isFound = TryFindLeaf(from, end, out Spot spot);
        page = spot.Page;
        found = isFound ? TranslationAt(spot) : default;
        return isFound;
    }

    /// <summary>
    /// The same for pages of the space's own in its own tables: the page becomes someone else's to
    /// keep as well.
    /// </summary>
    internal bool TryDisclaimNext(ulong from, ulong end, out Page page, out Translation found)
    {
        bool isFound = TryFindLeaf(from, end, out Spot spot);
        page = spot.Page;
        found = default;
        if (!isFound)
        {
            return false;
        }

        Ensure.That(
            PageTableEntry.FromBits(spot.Way).IsWritable,
            "only a space's own tables are changed");
        ref ulong slot = ref _memory.Entry(spot.Table, IndexOf(page.Number, spot.Level));
        slot = PageTableEntry.FromBits(slot).With(PageClaim.Shared).Bits;
        found = TranslationAt(spot);
        Family.OwnFrames -= found.Size.SmallPages();
        return true;
    }

    private bool TryFindLeaf(ulong from, ulong end, out Spot spot)
    {
        ulong at = from;
        while (at < end)
        {
            Page page = Page.Known(at);
            int level = _levels;
            Frame table = Root;
            PageTableEntry entry = EntryAt(table, page, level);
            ulong way = ulong.MaxValue;
            while (level > SmallLevel && !entry.IsEmpty && !entry.IsLarge)
            {
                level--;
                way &= entry.Bits;
                table = entry.Frame;
                entry = EntryAt(table, page, level);
            }

            if (!entry.IsEmpty)
            {
                Ensure.That(
                    level == SmallLevel || page.IsLargeAligned,
                    "no large page lies across the start");
                spot = new Spot(page, table, level, way);
                return true;
            }

            at = (at | (PagesUnder(level) - 1)) + 1;
        }

        spot = default;
        return false;
    }

    private Translation TranslationAt(in Spot spot)
    {
        PageTableEntry entry = EntryAt(spot.Table, spot.Page, spot.Level).Behind(spot.Way);
        return spot.Level == SmallLevel
            ? new Translation(entry.Frame, PageSize.Small, entry)
            : new Translation(entry.LargeFrame, PageSize.Large, entry);
    }

    /// <summary>
    /// Whether pages with these rights let an access through on this machine: where there are no
    /// protection keys, code can be read too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Lets(PageRights rights, Access access)
    {
        bool isReadable = rights.CanExecute && (_features & PagingFeatures.ProtectionKeys) == 0;
        Access denied = isReadable ? access & ~Access.Read : access;
        return rights.Allows(denied) && rights != PageRights.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSet(Frame table, Page page, PageSize size) =>
        _memory.Entry(table, IndexOf(page.Number, SmallLevel + (int)size)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PageTableEntry EntryAt(Frame table, Page page, int level) =>
        PageTableEntry.FromBits(_memory.Entry(table, IndexOf(page.Number, level)));
}
