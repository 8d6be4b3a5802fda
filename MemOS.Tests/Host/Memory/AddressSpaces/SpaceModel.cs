using System.Collections.Generic;
using System.Linq;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>An address space as it should be: lists and dictionaries, page by page.</summary>
internal sealed class SpaceModel(AddressSpace<SimulatedMemory> real, uint owner)
{
    private readonly Dictionary<ulong, PageSize> _resident = [];
    private readonly TableCounts _tables = new();
    private readonly TableCounts _tablesNeeded = new();
    private ulong _ownPages;
    private ulong _pagesPromised;

    public AddressSpace<SimulatedMemory> Real => real;

    public uint Owner => owner;

    /// <summary>The regions in the order of their addresses.</summary>
    public List<RegionModel> Regions { get; } = [];

    /// <summary>What was seen of the space's own pages.</summary>
    public Dictionary<ulong, PageContent> Contents { get; } = [];

    public Dictionary<ulong, SharedFrame> Shared { get; } = [];

    public ulong ResidentPages => _ownPages + (ulong)Shared.Count;

    public ulong PromisedFrames => _pagesPromised + _tablesNeeded.Count - _tables.Count;

    /// <summary>Frames that are the space's alone: the root, tables, pages.</summary>
    public ulong OwnFrames => 1 + _tables.Count + _ownPages;

    public RegionModel? At(ulong page)
    {
        int index = IndexAbove(page) - 1;
        return index >= 0 && page < Regions[index].End ? Regions[index] : null;
    }

    public ulong FramesFor(RegionModel region) =>
        ((region.End - region.First) * region.FramesPerPage)
            + _tablesNeeded.CountNew(region.First, region.End);

    public void Add(RegionModel region)
    {
        int index = IndexAbove(region.First);
        Assert.True(index == 0 || Regions[index - 1].End <= region.First);
        Assert.True(index == Regions.Count || Regions[index].First >= region.End);
        Regions.Insert(index, region);
        _pagesPromised += (region.End - region.First) * region.FramesPerPage;
        _tablesNeeded.Add(region.First, region.End);
    }

    public void AddShared(ulong page, SharedFrame frame)
    {
        Shared.Add(page, frame);
        frame.Maps++;
        _tables.Add(page, page + 1);
    }

    public bool IsResident(ulong page) =>
        _resident.ContainsKey(page) || IsInLarge(page) || Shared.ContainsKey(page);

    /// <summary>Whether a large page may lie around a page.</summary>
    public bool MayBeLarge(RegionModel region, ulong page)
    {
        ulong first = page & ~511ul;
        return !region.Rights.CanExecute && first >= region.First && first + 512 <= region.End
            && !_resident.Keys.Any(p => p >= first && p < first + 512);
    }

    public void Give(RegionModel region, ulong page, PageSize size)
    {
        ulong first = size == PageSize.Large ? page & ~511ul : page;
        _resident.Add(first, size);
        _ownPages += size.SmallPages();
        _pagesPromised -= size.SmallPages() * region.FramesPerPage;
        _tables.Add(first, first + size.SmallPages(), 1 + (int)size);
    }

    /// <summary>Takes out pages that all lie in demand regions.</summary>
    public void Free(ulong first, ulong end)
    {
        SplitAt(first);
        SplitAt(end);
        foreach (RegionModel region in Regions.ToArray())
        {
            ulong from = ulong.Max(first, region.First);
            ulong to = ulong.Min(end, region.End);
            if (from >= to)
            {
                continue;
            }

            Regions.Remove(region);
            _tablesNeeded.Remove(region.First, region.End);
            Keep(region with { End = from });
            Keep(region with { First = to });
            TakePages(region, from, to);
        }
    }

    // The first region that starts above a page.
    private int IndexAbove(ulong page)
    {
        int low = 0;
        int high = Regions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Regions[middle].First <= page ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool IsInLarge(ulong page) =>
        _resident.TryGetValue(page & ~511ul, out PageSize size) && size == PageSize.Large;

    private void Keep(RegionModel rest)
    {
        if (rest.First < rest.End)
        {
            Regions.Insert(IndexAbove(rest.First), rest);
            _tablesNeeded.Add(rest.First, rest.End);
        }
    }

    private void TakePages(RegionModel region, ulong from, ulong to)
    {
        ulong at = from;
        while (at < to)
        {
            ulong pages = 1;
            if (_resident.Remove(at, out PageSize size))
            {
                pages = size.SmallPages();
                _ownPages -= pages;
                _tables.Remove(at, at + pages, 1 + (int)size);
            }
            else
            {
                _pagesPromised -= region.FramesPerPage;
            }

            for (ulong i = at; i < at + pages; i++)
            {
                Contents.Remove(i);
            }

            at += pages;
        }
    }

    // A large page across an end of what changes becomes small ones.
    private void SplitAt(ulong page)
    {
        ulong first = page & ~511ul;
        if (page == first || !IsInLarge(page))
        {
            return;
        }

        _resident.Remove(first);
        _tables.Remove(first, first + 512, 2);
        for (ulong i = first; i < first + 512; i++)
        {
            _resident.Add(i, PageSize.Small);
            _tables.Add(i, i + 1);
        }
    }
}
