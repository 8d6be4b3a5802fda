using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class RegionPoolTests
{
    private readonly SpaceMachine _machine = new(400);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly Purse _purse = new(new Account(null, ResourceAmounts.Unlimited));

    public RegionPoolTests() => _space = _machine.Create();

    [Fact]
    public void What_comes_back_is_used_again_as_new()
    {
        var pool = new RegionPool();
        Region first = Take(pool, 100, PageRights.ReadWrite);
        pool.Return(_purse, first);
        Region again = Take(pool, 200, PageRights.Read);
        Assert.Same(first, again);
        Assert.Equal(PageRange.Known(200, 201), again.Range);
        Assert.Equal(PageRights.Read, again.Rights);
        Assert.Null(again.Parent);
        Assert.NotSame(again, Take(pool, 300, PageRights.Read));
    }

    [Fact]
    public void The_region_of_freed_memory_is_that_of_the_next()
    {
        PageRange range = _space.Allocate(3);
        Region region = Find(_space, range);
        _space.Free(range);
        Assert.Same(region, Find(_space, _space.Allocate(5)));
    }

    [Fact]
    public void The_regions_of_a_copy_that_ended_are_those_of_the_next()
    {
        PageRange range = _space.Allocate(3);
        AddressSpace<SimulatedMemory> copy = Fork();
        Region region = Find(copy, range);
        Assert.NotSame(Find(_space, range), region);
        copy.Release();
        Assert.Same(region, Find(Fork(), range));
    }

    private AddressSpace<SimulatedMemory> Fork()
    {
        Assert.Equal(
            VmStatus.Done,
            _machine.TryFork(_space, out AddressSpace<SimulatedMemory>? copy, out _));
        return copy!;
    }

    private static Region Find(AddressSpace<SimulatedMemory> space, PageRange range)
    {
        Assert.True(space.TryFind(range.First.Start, out Region? region));
        return region;
    }

    private Region Take(RegionPool pool, ulong page, PageRights rights) =>
        pool.Take(
            _purse, PageRange.Known(page, page + 1), rights, RegionKind.Other, Backing.None)!;
}
