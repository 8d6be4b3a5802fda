using System;
using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class MappingTreeTests
{
    private const int Segments = 12;
    private const int Steps = 5_000;

    private readonly SpaceMachine _machine = new(16_384);

    [Fact]
    public void The_newest_mapping_of_each_segment_is_found_whatever_comes_and_goes()
    {
        AddressSpace<SimulatedMemory>[] spaces = [_machine.Create(), _machine.Create()];
        PageSegment<SimulatedMemory>[] segments = new PageSegment<SimulatedMemory>[Segments];
        List<PageRange>[,] mapped = new List<PageRange>[spaces.Length, Segments];
        for (int i = 0; i < Segments; i++)
        {
            PageRange range = spaces[0].Allocate(1);
            segments[i] = spaces[0].Capture(range);
            mapped[0, i] = [range];
            mapped[1, i] = [];
        }

        Random random = new(7);
        for (int step = 0; step < Steps; step++)
        {
            int space = random.Next(spaces.Length);
            int segment = random.Next(Segments);
            Change(spaces[space], segments[segment], mapped[space, segment], random);
            CheckNewest(spaces[space], segments[segment], mapped[space, segment]);
            int other = random.Next(Segments);
            CheckNewest(spaces[space], segments[other], mapped[space, other]);
        }

        _machine.Audit(spaces);
    }

    private static void Change(
        AddressSpace<SimulatedMemory> space, PageSegment<SimulatedMemory> segment,
        List<PageRange> mapped, Random random)
    {
        int what = random.Next(100);
        if (what == 0)
        {
            VmStatus expected = mapped.Count == 0 ? VmStatus.NotMapped : VmStatus.Done;
            Assert.Equal(expected, space.UnmapSegment(segment));
            mapped.Clear();
        }
        else if (what < 50 && mapped.Count != 0)
        {
            int which = random.Next(mapped.Count);
            Assert.Equal(
                VmStatus.Done, space.UnmapSegment(segment, mapped[which].First.Start));
            mapped.RemoveAt(which);
        }
        else
        {
            mapped.Add(space.Map(segment));
        }
    }

    private static void CheckNewest(
        AddressSpace<SimulatedMemory> space, PageSegment<SimulatedMemory> segment,
        List<PageRange> mapped)
    {
        Assert.Equal(mapped.Count != 0, space.TryFindMapping(segment, out PageRange found));
        Assert.Equal(mapped.Count == 0 ? default : mapped[^1], found);
    }
}
