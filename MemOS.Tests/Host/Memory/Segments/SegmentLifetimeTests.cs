using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Segments;

public sealed class SegmentLifetimeTests
{
    private static readonly SegmentShare Share = new(PageRights.Read, MappingMode.Mutual);
    private readonly SpaceMachine _machine = new(4096);
    private readonly ulong _free;

    public SegmentLifetimeTests() => _free = _machine.Frames.FreeFrames;

    public static IEnumerable<object[]> Orders() =>
        Permutations([0, 1, 2, 3]).Select(order => new object[] { order });

    [Theory]
    [MemberData(nameof(Orders))]
    public void It_ends_with_the_last_of_owner_share_and_mappings_in_any_order(int[] order)
    {
        AddressSpace<SimulatedMemory> giver = _machine.Create();
        AddressSpace<SimulatedMemory> taker = _machine.Create();
        PageRange range = giver.Allocate(700);
        giver.TouchAll(PageRange.Of(range.First, PageCount.Of(600)));
        PageSegment<SimulatedMemory> segment = giver.Capture(range);
        Assert.Equal(VmStatus.Done, segment.Share(Share));
        PageRange taken = taker.Map(segment, PageRights.Read);
        taker.Read(_machine, taken.First);
        Action[] ends =
        [
            segment.EndOwner,
            () => segment.EndShare(Share),
            giver.Release,
            taker.Release,
        ];
        for (int i = 0; i < ends.Length; i++)
        {
            Assert.False(segment.HasEnded);
            ulong held = segment.UsedFrames;
            Assert.True(held >= 600);
            ends[order[i]]();
            Assert.Equal(i == ends.Length - 1, segment.HasEnded);
        }

        Assert.Equal(_free, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
        _machine.Audit();
    }

    [Fact]
    public void A_mapping_keeps_the_pages_of_a_segment_that_no_one_has()
    {
        AddressSpace<SimulatedMemory> space = _machine.Create();
        PageRange range = space.Allocate(4);
        space.Write(_machine, range.First, 7);
        PageSegment<SimulatedMemory> segment = space.Capture(range);
        segment.EndOwner();
        Assert.False(segment.IsInUse);
        Assert.Equal(7ul, space.Read(_machine, range.First));
        space.Write(_machine, range.Last, 8);
        Assert.Equal(VmStatus.Done, space.UnmapSegment(segment, range.First.Start));
        Assert.True(segment.HasEnded);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
        space.Release();
        Assert.Equal(_free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void What_was_in_a_segment_is_seen_by_no_one_afterwards()
    {
        AddressSpace<SimulatedMemory> space = _machine.Create();
        PageRange range = space.Allocate(4, PageRights.ReadWrite, MemOS.Abi.ZeroFirst.No);
        space.Write(_machine, range.First, 7);
        PageSegment<SimulatedMemory> segment = space.Capture(range);
        space.UnmapSegment(segment);
        segment.EndOwner();
        PageRange again = space.Allocate(4, PageRights.ReadWrite, MemOS.Abi.ZeroFirst.No);
        for (ulong i = 0; i < 4; i++)
        {
            Assert.Equal(0ul, space.Read(_machine, again.First + i));
        }
    }

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length == 1
            ? [items]
            : items.SelectMany(first => Permutations([.. items.Where(i => i != first)])
                .Select(rest => (int[])[first, .. rest]));
}
