using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class RegionTreeTests
{
    private readonly RegionTree _tree = new(
        new RandomSource("a seed of thirty-two bytes or so"u8),
        Placement.Bounds(AddressWidth.Bits48));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_hundred_thousand_regions_in_a_row_are_found_within_thirty_steps(int direction)
    {
        const int Regions = 100_000;
        var all = new List<Region>(Regions);
        for (int i = 0; i < Regions; i++)
        {
            int place = direction > 0 ? i : Regions - 1 - i;
            all.Add(Insert(1000 + (2 * (ulong)place), 1));
        }

        long depths = 0;
        foreach (Region region in all)
        {
            depths += Depth(region);
        }

        // 2 ln n on average for a treap.
        Assert.InRange(depths / Regions, 15, 30);
    }

    [Fact]
    public void Regions_do_not_overlap_and_stay_within_bounds()
    {
        Insert(100, 10);
        Assert.False(_tree.IsFree(PageRange.Known(95, 101), out Spot spot));
        Region overlapping = NewRegion(95, 6);
        Assert.Throws<ContractBrokenException>(() => _tree.Insert(overlapping, spot));
        Region low = NewRegion(15, 1);
        Assert.Throws<ContractBrokenException>(() => _tree.Insert(low, spot));
    }

    [Fact]
    public void A_region_is_taken_out_once()
    {
        Region region = Insert(100, 10);
        Insert(200, 10);
        _tree.Remove(region);
        Assert.Throws<ContractBrokenException>(() => _tree.Remove(region));
    }

    [Fact]
    public void Several_gaps_that_are_long_enough_are_all_chosen_at_times()
    {
        var tree = new RegionTree(
            new RandomSource("gaps gaps gaps gaps gaps gaps gaps"u8),
            PageRange.Known(16, 116));
        for (ulong i = 0; i < 10; i++)
        {
            PageRange range = PageRange.Known(16 + (10 * i), 16 + (10 * i) + 4);
            Assert.True(tree.IsFree(range, out Spot spot));
            tree.Insert(
                new Region(range, PageRights.Read, RegionKind.Other, Backing.None), spot);
        }

        var seen = new HashSet<ulong>();
        for (int i = 0; i < 500; i++)
        {
            Assert.True(tree.TryFindGap(6, out PageRange gap));
            seen.Add(gap.First.Number);
        }

        Assert.Equal(10, seen.Count);
    }

    [Fact]
    public void Gaps_too_long_to_be_told_apart_in_the_tree_are_found_all_the_same()
    {
        // Gaps of 2^24, 2^24 + 1, ... pages, and one of twice as many that no other reaches.
        ulong at = 16;
        for (ulong i = 0; i < 1000; i++)
        {
            at += RegionTree.LongGap + i;
            at += i == 500 ? RegionTree.LongGap : 0;
            Insert(at, 1);
            at++;
        }

        Insert(at, Placement.Bounds(AddressWidth.Bits48).EndNumber - at);
        for (ulong i = 0; i < 1000; i += 37)
        {
            Assert.True(_tree.TryFindGap(RegionTree.LongGap + i, out PageRange gap));
            Assert.True(gap.Count.Value >= RegionTree.LongGap + i);
            Assert.True(_tree.IsFree(gap, out Spot spot));
            Assert.Equal(spot.Above!.FirstNumber, gap.EndNumber);
        }

        Assert.True(_tree.TryFindGap((2 * RegionTree.LongGap) + 500, out PageRange longest));
        Assert.Equal((2 * RegionTree.LongGap) + 500, longest.Count.Value);
        Assert.False(_tree.TryFindGap((2 * RegionTree.LongGap) + 501, out _));
        Assert.Equal(SpaceRule.Sound, _tree.Check());
    }

    private static Region NewRegion(ulong first, ulong count) => new(
        PageRange.Known(first, first + count), PageRights.Read, RegionKind.Other, Backing.None);

    private static int Depth(Region region)
    {
        int depth = 0;
        for (Region? at = region.Parent; at is not null; at = at.Parent)
        {
            depth++;
        }

        return depth;
    }

    private Region Insert(ulong first, ulong count)
    {
        Region region = NewRegion(first, count);
        Assert.True(_tree.IsFree(region.Range, out Spot spot));
        _tree.Insert(region, spot);
        return region;
    }
}
