using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <content>Adding pages where there are none.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Maps one page to a frame of RAM of the same size, both aligned to it. The frame's record
    /// counts the mapping, and the frame is freed with its last one unless someone holds it.
    /// </summary>
    public MapStatus TryMap(Page page, PageSize size, Frame frame, PageRights rights)
    {
        if (!TryOpen(page, size, out LeafTable<TMemory> leaves))
        {
            return MapStatus.OutOfMemory;
        }

        MapStatus status = leaves.TryMap(page, frame, rights);
        leaves.Close();
        return status;
    }

    /// <summary>
    /// Opens the table that maps the neighbourhood of a page: 2 MB of small pages or 1 GB of large
    /// ones. Mapping several pages through it walks the tables once. False if no frame for a table
    /// is free. Nothing else may change the tables until it is closed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryOpen(Page page, PageSize size, out LeafTable<TMemory> leaves)
    {
        RequireOwnHalf(page);
        Frame table = Root;
        bool isOpen = TryDescend(page, _levels, SmallLevel + (int)size, ref table);
        leaves = isOpen ? new LeafTable<TMemory>(this, page, size, table) : default;
        return isOpen;
    }

    /// <summary>
    /// Maps pages whose mappings are not counted: a device, or in the kernel half the map of all
    /// RAM. Never executable. Large pages are used where they fit. On failure, what was mapped of
    /// the range is unmapped again.
    /// </summary>
    public MapStatus TryMapUncounted(
        PageRange range, Frame first, PageRights rights, CacheKind cache)
    {
        Ensure.That(!rights.CanExecute, "only counted frames can be executed");
        ulong done = 0;
        while (done < range.Count.Value)
        {
            Page page = range.First + done;
            Frame frame = first + done;
            ulong left = range.Count.Value - done;
            bool large = page.IsLargeAligned && frame.IsLargeAligned
                && left >= PageSizes.SmallInLarge;
            PageSize size = large ? PageSize.Large : PageSize.Small;
            MapStatus status = TryMapUncountedPage(page, size, frame, rights, cache);
            if (status != MapStatus.Mapped)
            {
                Unmap(PageRange.Of(range.First, PageCount.Of(done)));
                return status;
            }

            done += size.SmallPages();
        }

        return MapStatus.Mapped;
    }

    /// <summary>
    /// Makes the tables under the top level for all of a range of the kernel half, so that pages
    /// can be mapped there after spaces were made. False if no frame is free.
    /// </summary>
    public bool TryPrepare(PageRange range)
    {
        Ensure.That(_half == SpaceHalf.Kernel, "only the kernel half is shared");
        RequireOwnHalf(range);
        int last = IndexOf(range.Last.Number, _levels);
        for (int i = IndexOf(range.First.Number, _levels); i <= last; i++)
        {
            if (_memory.Entry(Root, i) == 0 && !TryAddTable(Root, _levels, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the leaf entry of a counted frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal MapStatus SetCounted(
        Frame table, Page page, PageSize size, Frame frame, PageRights rights,
        PageClaim claim = PageClaim.Shared)
    {
        ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, SmallLevel + (int)size));
        if (slot != 0)
        {
            return MapStatus.AlreadyMapped;
        }

        ref FrameInfo info = ref _frames.Counted(frame);
        if (!FrameRule.MayMap(info.State, rights, _half))
        {
            return MapStatus.Refused;
        }

        Ensure.That(
            size == PageSize.Small || info.Extent == FrameExtent.Large,
            "a large page is mapped to a large frame");
        info.MapsOrLink++;
        Ensure.That(info.MapsOrLink != 0, "the mappings of a frame can be counted");
        slot = PageTableEntry.Counted(frame, size, rights, _half, _features).With(claim).Bits;
        _memory.Info(table).HoldsOrEntries++;
        ResidentPages += size.SmallPages();
        if (claim == PageClaim.Own)
        {
            Family.OwnFrames += size.SmallPages();
        }

        return MapStatus.Mapped;
    }

    /// <summary>
    /// Goes down from a table of some level to the one of another level on the way to a page; adds
    /// the tables that are missing, and makes its own those that it shares. No table where a large
    /// page lies over all of it. False if no frame for a table is free.
    /// </summary>
    internal bool TryDescend(Page page, int from, int to, ref Frame table)
    {
        int level = Descend(page, from, to, ref table);
        bool isChanged = false;
        while (level > to)
        {
            int index = IndexOf(page.Number, level);
            ref ulong slot = ref _memory.Entry(table, index);
            isChanged |= slot != 0;
            bool isOwn = slot == 0
                ? TryAddTable(table, level, index)
                : TryOwn(ref slot, level, page.Number);
            if (!isOwn)
            {
                Prune(page);
                return false;
            }

            table = PageTableEntry.FromBits(slot).Frame;
            level = Descend(page, level - 1, to, ref table);
        }

        if (isChanged)
        {
            _memory.FlushPage(Root, page);
        }

        return true;
    }

    /// <summary>
    /// Goes down from a table of some level to the one of another level on the way to a page, as
    /// far as there are tables of its own. No table where a large page lies over all of it.
    /// </summary>
    /// <returns>
    /// The level that was reached: above the wanted one if a table is missing or shared.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Descend(Page page, int from, int to, ref Frame table)
    {
        int level = from;
        while (level > to)
        {
            PageTableEntry entry = EntryAt(table, page, level);
            if (entry.IsEmpty)
            {
                return level;
            }

            if (entry.IsLarge)
            {
                table = default;
                return to;
            }

            if (!entry.IsWritable)
            {
                return level;
            }

            table = entry.Frame;
            level--;
        }

        return level;
    }

    /// <summary>Gives the table back if nothing was mapped in it, and those above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CloseLeaves(Frame table, Page page)
    {
        if (_memory.Info(table).HoldsOrEntries == 0)
        {
            Prune(page);
        }
    }

    private MapStatus TryMapUncountedPage(
        Page page, PageSize size, Frame frame, PageRights rights, CacheKind cache)
    {
        bool ram = _frames.IsRam(frame) || _frames.IsRam(frame + (size.SmallPages() - 1));
        if (ram && _half == SpaceHalf.User)
        {
            return MapStatus.Refused;
        }

        if (!TryOpen(page, size, out LeafTable<TMemory> leaves))
        {
            return MapStatus.OutOfMemory;
        }

        if (leaves.IsOccupied(page))
        {
            leaves.Close();
            return MapStatus.AlreadyMapped;
        }

        int level = SmallLevel + (int)size;
        _memory.Entry(leaves.Table, IndexOf(page.Number, level)) =
            PageTableEntry.Uncounted(frame, size, rights, _half, cache).Bits;
        _memory.Info(leaves.Table).HoldsOrEntries++;
        return MapStatus.Mapped;
    }

    private bool TryAddTable(Frame parent, int level, int index)
    {
        bool top = _half == SpaceHalf.Kernel && level == _levels;
        Ensure.That(!top || !_top.IsComplete, "the top level is complete before spaces are made");
        if (!_frames.TryAllocateTable(out Frame table))
        {
            return false;
        }

        Family.Tables++;
        _memory.Info(table).MapsOrLink = 1;
        _memory.Entry(parent, index) = PageTableEntry.Table(table, _half).Bits;
        _memory.Info(parent).HoldsOrEntries++;
        if (top)
        {
            _top.Add(index);
        }

        return true;
    }
}
