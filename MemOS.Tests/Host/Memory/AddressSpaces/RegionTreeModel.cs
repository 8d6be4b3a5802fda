using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Aslr;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>Runs a region tree beside an array that names the region of every page.</summary>
internal sealed class RegionTreeModel
{
    private const ulong First = 16;
    private const ulong Pages = 90;
    private readonly Region?[] _pages = new Region?[First + Pages];
    private readonly List<Region> _regions = [];
    private readonly RegionTree _tree;

    public RegionTreeModel(int seed) => _tree = new RegionTree(
        new RandomSource([(byte)seed, (byte)(seed >> 8)]),
        PageRange.Known(First, First + Pages));

    public void Insert(ulong start, ulong count)
    {
        ulong end = ulong.Min(start + count, First + Pages);
        PageRange range = PageRange.Known(start, end);
        bool isFree = _tree.IsFree(range, out Spot spot);
        Assert.Equal(CountTaken(start, end) == 0, isFree);
        if (isFree)
        {
            Assert.Same(LastBefore(start), spot.Below);
            Assert.Same(FirstFrom(end), spot.Above);
            Region region = new(
                range, PageRights.Read, RegionKind.Allocation, Backing.DemandZero);
            _tree.Insert(region, spot);
            _regions.Add(region);
            Set(region, start, end);
        }
    }

    public void Remove(ulong which)
    {
        if (TryPick(which, out Region? region))
        {
            Clear(region!, region!.FirstNumber, region.EndNumber);
            _regions.Remove(region);
            Assert.Same(FirstFrom(region.EndNumber), _tree.Remove(region));
        }
    }

    public void CutLower(ulong which, ulong pages)
    {
        if (TryPick(which, out Region? region) && region!.Range.Count.Value > pages)
        {
            Clear(region, region.FirstNumber, region.FirstNumber + pages);
            _tree.CutLower(region, region.FirstNumber + pages);
        }
    }

    public void CutUpper(ulong which, ulong pages)
    {
        if (TryPick(which, out Region? region) && region!.Range.Count.Value > pages)
        {
            Clear(region, region.EndNumber - pages, region.EndNumber);
            Assert.Same(
                FirstFrom(region.EndNumber),
                _tree.CutUpper(region, region.EndNumber - pages));
        }
    }

    public void Compare()
    {
        Assert.Equal(SpaceRule.Sound, _tree.Check());
        Assert.Equal(_regions.Count, _tree.Count);
        for (ulong i = 0; i < First + Pages + 3; i++)
        {
            Region? expected = i < First + Pages ? _pages[i] : null;
            Assert.Equal(expected is not null, _tree.TryFind(Page.Known(i), out Region? found));
            Assert.Same(expected, found);
            Assert.Same(FirstFrom(i), _tree.FirstEndingAbove(i));
        }

        foreach (Region region in _regions)
        {
            Region? next = FirstFrom(region.EndNumber);
            Assert.Same(next, RegionTree.Next(region));
            Assert.Same(LastBefore(region.FirstNumber), RegionTree.Previous(region));
        }

        for (ulong pages = 1; pages <= Pages + 1; pages += 1 + (pages / 8))
        {
            CompareGap(pages);
        }
    }

    private void CompareGap(ulong pages)
    {
        Assert.Equal(LongestRun() >= pages, _tree.TryFindGap(pages, out PageRange gap));
        if (LongestRun() < pages)
        {
            return;
        }

        ulong start = gap.First.Number;
        Assert.True(gap.Count.Value >= pages);
        Assert.True(start >= First && gap.EndNumber <= First + Pages);
        Assert.Equal(0, CountTaken(start, gap.EndNumber));
        Assert.True(start == First || _pages[start - 1] is not null);
        Assert.True(gap.EndNumber == First + Pages || _pages[gap.EndNumber] is not null);
    }

    private ulong LongestRun()
    {
        ulong longest = 0;
        ulong run = 0;
        for (ulong i = First; i < First + Pages; i++)
        {
            run = _pages[i] is null ? run + 1 : 0;
            longest = ulong.Max(longest, run);
        }

        return longest;
    }

    private bool TryPick(ulong which, out Region? region)
    {
        region = _regions.Count == 0 ? null : _regions[(int)(which % (ulong)_regions.Count)];
        return region is not null;
    }

    private int CountTaken(ulong start, ulong end)
    {
        int taken = 0;
        for (ulong i = start; i < end; i++)
        {
            taken += _pages[i] is null ? 0 : 1;
        }

        return taken;
    }

    private Region? FirstFrom(ulong number)
    {
        for (ulong i = number; i < First + Pages; i++)
        {
            if (_pages[i] is not null)
            {
                return _pages[i];
            }
        }

        return null;
    }

    private Region? LastBefore(ulong number)
    {
        for (ulong i = number; i > First; i--)
        {
            if (_pages[i - 1] is not null)
            {
                return _pages[i - 1];
            }
        }

        return null;
    }

    private void Set(Region region, ulong start, ulong end)
    {
        for (ulong i = start; i < end; i++)
        {
            _pages[i] = region;
        }
    }

    private void Clear(Region region, ulong start, ulong end)
    {
        for (ulong i = start; i < end; i++)
        {
            Assert.Same(region, _pages[i]);
            _pages[i] = null;
        }
    }
}
