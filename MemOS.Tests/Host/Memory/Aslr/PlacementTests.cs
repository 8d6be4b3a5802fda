using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Aslr;

namespace MemOS.Tests.Host.Memory.Aslr;

public sealed class PlacementTests
{
    private readonly RandomSource _random = new("placement, a seed of 32 bytes..."u8);

    [Theory]
    [InlineData(AddressWidth.Bits48, PageSize.Small, 35)]
    [InlineData(AddressWidth.Bits48, PageSize.Large, 26)]
    [InlineData(AddressWidth.Bits57, PageSize.Small, 44)]
    public void Each_bit_of_a_place_is_open_and_no_two_places_are_related(
        AddressWidth width, PageSize size, int bits)
    {
        const int Places = 4000;
        RegionTree tree = EmptyTree(width);
        int shift = size == PageSize.Large ? 9 : 0;
        ulong[] places = new ulong[Places];
        for (int i = 0; i < Places; i++)
        {
            PageRange place = Place(tree, size.SmallPages(), size);
            Assert.True(place.First.IsAligned(size));
            tree.Insert(NewRegion(place), Spot(tree, place));
            places[i] = place.First.Number >> shift;
        }

        Assert.Equal(bits, 64 - (int)ulong.LeadingZeroCount(Or(places)));
        EntropyCheck.RequireOpenBits(places, bits);
        EntropyCheck.RequireUnrelated(places[..^1], places[1..], bits);
        EntropyCheck.RequireUnrelated(places[..^7], places[7..], bits);
    }

    [Theory]
    [InlineData(PageSize.Small, 100_000)]
    [InlineData(PageSize.Large, 4000)]
    public void A_place_that_was_given_back_hardly_ever_comes_again(PageSize size, int times)
    {
        // As many different places as 35 or 26 bits promise: 0.15 meetings are to be expected.
        RegionTree tree = EmptyTree(AddressWidth.Bits48);
        var seen = new HashSet<ulong>();
        int again = 0;
        for (int i = 0; i < times; i++)
        {
            again += seen.Add(Place(tree, 1, size).First.Number) ? 0 : 1;
        }

        Assert.InRange(again, 0, 3);
    }

    [Fact]
    public void Nothing_lies_below_64_KB_or_in_the_last_page_of_the_half()
    {
        PageRange bounds = Placement.Bounds(AddressWidth.Bits48);
        Assert.Equal(0x1_0000ul, bounds.First.Start.Value);
        Assert.Equal(0x7FFF_FFFF_F000ul, bounds.EndNumber << 12);
        RegionTree tree = EmptyTree(AddressWidth.Bits48);
        PageRange all = Place(tree, bounds.Count.Value, PageSize.Small);
        Assert.Equal(bounds, all);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(bounds.Contains(Place(tree, bounds.Count.Value - 3, PageSize.Small)));
        }

        Assert.False(TryPlace(tree, bounds.Count.Value + 1, PageSize.Small, out _));
        Assert.False(TryPlace(tree, 1ul << 52, PageSize.Large, out _));
    }

    [Fact]
    public void Every_place_within_the_bounds_is_alike_in_chance()
    {
        const int Each = 1000;
        var tree = new RegionTree(_random, PageRange.Known(16, 24));
        int[] counts = new int[6];
        for (int i = 0; i < counts.Length * Each; i++)
        {
            counts[Place(tree, 3, PageSize.Small).First.Number - 16]++;
        }

        Assert.All(counts, count => Assert.InRange(count, Each - 190, Each + 190));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_space_can_be_filled_to_the_last_page(ulong pages)
    {
        const ulong Regions = 200;
        var tree = new RegionTree(_random, PageRange.Known(16, 16 + Regions));
        var free = new HashSet<ulong>();
        for (ulong i = 0; i < Regions; i++)
        {
            free.Add(16 + i);
        }

        while (TryPlace(tree, pages, PageSize.Small, out PageRange place))
        {
            for (ulong i = 0; i < pages; i++)
            {
                Assert.True(free.Remove(place.First.Number + i));
            }

            tree.Insert(NewRegion(place), Spot(tree, place));
        }

        foreach (ulong first in free)
        {
            Assert.False(
                free.Contains(first + 1) && free.Contains(first + pages - 1), "room is left");
        }
    }

    [Fact]
    public void Large_places_are_aligned_as_long_as_that_leaves_room()
    {
        var tree = new RegionTree(_random, PageRange.Known(16, 512 * 4));
        for (int i = 0; i < 3; i++)
        {
            PageRange place = Place(tree, 512, PageSize.Large);
            Assert.True(place.First.IsLargeAligned);
            tree.Insert(NewRegion(place), Spot(tree, place));
        }

        Assert.Equal(16ul, Place(tree, 496, PageSize.Large).First.Number);
        Assert.False(TryPlace(tree, 497, PageSize.Large, out _));
    }

    private static RegionTree EmptyTree(AddressWidth width) =>
        new(new RandomSource("the tree's own randomness, a seed"u8), Placement.Bounds(width));

    private static Region NewRegion(PageRange range) =>
        new(range, PageRights.Read, RegionKind.Other, Backing.DemandZero);

    private static Spot Spot(RegionTree tree, PageRange range)
    {
        Assert.True(tree.IsFree(range, out Spot spot));
        return spot;
    }

    private static ulong Or(ReadOnlySpan<ulong> values)
    {
        ulong all = 0;
        foreach (ulong value in values)
        {
            all |= value;
        }

        return all;
    }

    private bool TryPlace(RegionTree tree, ulong pages, PageSize size, out PageRange place) =>
        Placement.TryPlace(tree, _random, PageCount.Of(pages), size, out place, out _);

    private PageRange Place(RegionTree tree, ulong pages, PageSize size)
    {
        Assert.True(TryPlace(tree, pages, size, out PageRange place));
        Assert.Equal(pages, place.Count.Value);
        return place;
    }
}
