using System;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

[Collection(CountsAllocations.Name)]
public sealed class ForkTests
{
    private const ulong MegaByte = 256;
    private readonly SpaceMachine _machine = new(40_000);
    private readonly AddressSpace<SimulatedMemory> _parent;

    public ForkTests() => _parent = _machine.Create();

    [Fact]
    public void What_one_writes_the_other_does_not_see()
    {
        PageRange range = Filled(3);
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        _parent.Write(_machine, range.First, 0xA0);
        child.Write(_machine, range.First + 1, 0xB1);
        Assert.Equal(1ul, child.Read(_machine, range.First));
        Assert.Equal(2ul, _parent.Read(_machine, range.First + 1));
        Assert.Equal(0xA0ul, _parent.Read(_machine, range.First));
        Assert.Equal(0xB1ul, child.Read(_machine, range.First + 1));
        Assert.Equal(3ul, child.Read(_machine, range.First + 2));
        Assert.Equal(3ul, child.ResidentPages);
        _machine.Audit(_parent, child);
    }

    [Fact]
    public void A_copy_and_its_end_cost_the_same_however_much_is_there()
    {
        Filled(1);
        (long fork, long end) small = Cost();
        PageRange range = Filled(64 * MegaByte, isSmall: true);
        (long fork, long end) large = Cost();
        // At most all of the top level, and a few entries a region.
        Assert.InRange(large.fork, small.fork, small.fork + 600);
        Assert.InRange(large.end, 0, small.end + 300);
        Assert.Equal(range.Count.Value + 1, _parent.ResidentPages);
    }

    [Fact]
    public void Nothing_is_copied_until_it_is_written()
    {
        PageRange range = Filled(10 * MegaByte, isSmall: true);
        ulong free = _machine.Frames.FreeFrames;
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        for (ulong i = 0; i < range.Count.Value; i++)
        {
            Assert.Equal(i + 1, child.Read(_machine, range.First + i));
            Assert.Equal(FaultOutcome.Resumed, child.Touch(range.First + i, Access.Read));
        }

        // Its top level.
        Assert.Equal(free - 1, _machine.Frames.FreeFrames);
        child.Write(_machine, range.First + 700, 0);
        // The page, and the tables on the way to it.
        Assert.Equal(free - 1 - 1 - 3, _machine.Frames.FreeFrames);
        child.Write(_machine, range.First + 701, 0);
        Assert.Equal(free - 1 - 2 - 3, _machine.Frames.FreeFrames);
        _machine.Audit(_parent, child);
        child.Release();
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void The_last_owner_writes_without_a_copy()
    {
        PageRange range = Filled(5);
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        child.Write(_machine, range.First, 9);
        ulong free = _machine.Frames.FreeFrames;
        // The child has a copy of this page, and the tables on the way are the parent's alone.
        _parent.Write(_machine, range.First, 8);
        Assert.Equal(free, _machine.Frames.FreeFrames);
        _parent.Release();
        free = _machine.Frames.FreeFrames;
        for (ulong i = 0; i < 5; i++)
        {
            child.Write(_machine, range.First + i, i);
        }

        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, child.PromisedFrames);
        _machine.Audit(child);
    }

    [Fact]
    public void Frames_and_tables_are_kept_for_all_that_both_can_write()
    {
        PageRange range = Filled(600, isSmall: true);
        _parent.Allocate(50);
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        _machine.TakeAll();
        for (ulong i = 0; i < range.Count.Value; i++)
        {
            child.Write(_machine, range.First + i, 0xC);
            Assert.Equal(i + 1, _parent.Read(_machine, range.First + i));
        }

        Assert.Equal(VmStatus.Done, child.Free(range.First.Start, 300));
        _machine.Audit(_parent, child);
    }

    [Fact]
    public void Without_memory_for_the_copies_nothing_changes()
    {
        PageRange range = Filled(30);
        _machine.TakeAll();
        Assert.Equal(
            VmStatus.OutOfMemory,
            _machine.TryFork(_parent, out AddressSpace<SimulatedMemory>? child, out _));
        Assert.Null(child);
        _parent.Write(_machine, range.First, 1);
        _machine.Audit(_parent);
    }

    [Theory]
    [InlineData(PageSize.Large)]
    [InlineData(PageSize.Small)]
    public void A_large_page_is_copied_as_a_whole(PageSize copied)
    {
        PageRange range = Filled(1024);
        Assert.Equal(PageSize.Large, _parent.SizeAt(range.First));
        if (copied == PageSize.Small)
        {
            _machine.BreakGroups();
        }

        AddressSpace<SimulatedMemory> child = Fork(_parent);
        child.Write(_machine, range.First + 5, 0xC5);
        Assert.Equal(copied, child.SizeAt(range.First));
        Assert.Equal(PageSize.Large, _parent.SizeAt(range.First));
        Assert.Equal(PageSize.Large, child.SizeAt(range.First + 600));
        Assert.Equal(6ul, _parent.Read(_machine, range.First + 5));
        Assert.Equal(7ul, child.Read(_machine, range.First + 6));
        _machine.Audit(_parent, child);
        // What is given back in part is copied first, as no one can give a part of it back.
        Assert.Equal(VmStatus.Done, child.Free((range.First + 600).Start, 1));
        Assert.Equal(601ul, _parent.Read(_machine, range.First + 600));
        _machine.Audit(_parent, child);
    }

    [Fact]
    public void What_a_copy_wrote_does_not_come_back_to_whom_it_is_a_copy_of()
    {
        PageRange range = Filled(1024, isSmall: true, ZeroFirst.No);
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        _parent.Free(range);
        for (ulong i = 0; i < 1024; i++)
        {
            child.Write(_machine, range.First + i, 0x5EC4E7);
        }

        child.Free(range);
        PageRange again = _parent.Allocate(1024, zeroFirst: ZeroFirst.No);
        for (ulong i = 0; i < 1024; i++)
        {
            Assert.NotEqual(0x5EC4E7ul, _parent.Read(_machine, again.First + i));
        }
    }

    [Fact]
    public void Mappings_of_segments_go_on()
    {
        PageRange range = Filled(4);
        PageSegment<SimulatedMemory> segment = _parent.Capture(range);
        PageRange copied = _parent.Map(segment, mode: MappingMode.CopyOnWrite);
        _parent.Write(_machine, copied.First, 0xC0);
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        child.Write(_machine, range.First + 1, 0x11);
        Assert.Equal(0x11ul, _parent.Read(_machine, range.First + 1));
        child.Write(_machine, copied.First, 0xC1);
        Assert.Equal(0xC0ul, _parent.Read(_machine, copied.First));
        Assert.Equal(4, segment.Mappings);
        Assert.Equal(VmStatus.NotAllocated, child.Free(range));
        _machine.Audit(_parent, child);
        segment.EndOwner();
        _parent.Release();
        Assert.Equal(3ul, child.Read(_machine, range.First + 2));
        child.Release();
        Assert.True(segment.HasEnded);
        Assert.Equal(_machine.FreeBefore, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void A_copy_has_mappings_in_the_order_in_which_they_were_made()
    {
        PageSegment<SimulatedMemory> segment = _parent.Capture(Filled(1));
        for (int i = 0; i < 20; i++)
        {
            PageRange newest = _parent.Map(segment);
            AddressSpace<SimulatedMemory> child = Fork(_parent);
            Assert.True(child.TryFindMapping(segment, out PageRange found));
            Assert.Equal(newest, found);
            Assert.True(_parent.TryFindMapping(segment, out found));
            Assert.Equal(newest, found);
            child.Release();
        }
    }

    [Fact]
    public void Faults_after_a_fork_allocate_no_managed_memory()
    {
        PageRange range = Filled(300);
        for (ulong i = 0; i < 40_000; i++)
        {
            _machine.Memory.Machine.Words(Frame.Of(i));
            _machine.Memory.Machine.Info(Frame.Of(i));
            _machine.Memory.Machine.Cache.Pages.Add(VirtualAddress.Create(i << 12).Page);
        }

        FaultOutcome worst = FaultOutcome.Resumed;
        long allocated = CountsAllocations.Least(() =>
        {
            AddressSpace<SimulatedMemory> child = Fork(_parent);
            _machine.Memory.Machine.Cache.Reset();
            return () =>
            {
                for (ulong i = 0; i < 300; i++)
                {
                    FaultOutcome outcome = child.Fault(range.First + i);
                    worst = outcome > worst ? outcome : worst;
                }
            };
        });
        Assert.Equal(0, allocated);
        Assert.Equal(FaultOutcome.Resumed, worst);
    }

    private (long Fork, long End) Cost()
    {
        SimulatedMachine machine = _machine.Memory.Machine;
        long start = machine.EntriesAsked;
        AddressSpace<SimulatedMemory> child = Fork(_parent);
        long made = machine.EntriesAsked;
        child.Release();
        return (made - start, machine.EntriesAsked - made);
    }

    private AddressSpace<SimulatedMemory> Fork(AddressSpace<SimulatedMemory> space)
    {
        Assert.Equal(
            VmStatus.Done,
            _machine.TryFork(space, out AddressSpace<SimulatedMemory>? child, out _));
        return child!;
    }

    private PageRange Filled(
        ulong pages, bool isSmall = false, ZeroFirst zeroFirst = ZeroFirst.Yes)
    {
        if (isSmall)
        {
            _machine.BreakGroups();
        }

        PageRange range = _parent.Allocate(pages, zeroFirst: zeroFirst);
        _parent.Number(_machine, range);

        return range;
    }
}
