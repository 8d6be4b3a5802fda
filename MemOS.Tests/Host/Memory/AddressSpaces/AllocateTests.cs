using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class AllocateTests
{
    private readonly SpaceMachine _machine = new(400);
    private readonly AddressSpace<SimulatedMemory> _space;

    public AllocateTests() => _space = _machine.Create();

    [Fact]
    public void Memory_is_promised_at_once_and_there_at_the_first_touch()
    {
        PageRange range = _space.Allocate(10);
        Assert.Equal(0ul, _space.ResidentPages);
        Assert.Equal(10ul + 3, _space.PromisedFrames);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 4));
        Assert.Equal(1ul, _space.ResidentPages);
        Assert.Equal(9ul, _space.PromisedFrames);
        _machine.Audit(_space);
    }

    [Fact]
    public void An_allocation_that_succeeded_never_fails_at_touch()
    {
        AddressSpace<SimulatedMemory> other = _machine.Create();
        PageRange range = _space.Allocate(200);
        while (other.TryAllocate(1, out PageRange taken) == VmStatus.Done)
        {
            Assert.Equal(FaultOutcome.Resumed, other.Touch(taken.First));
        }

        _machine.TakeAll();
        Assert.Equal(VmStatus.OutOfMemory, _machine.TryCreate(out _, out _));
        _space.TouchAll(range);
        Assert.Equal(200ul, _space.ResidentPages);
        _machine.Audit(_space, other);
    }

    [Fact]
    public void Code_that_was_allocated_never_fails_at_touch_though_sealing_takes_memory()
    {
        PageRange range = _space.Allocate(5, PageRights.ReadExecute);
        Assert.Equal((2ul * 5) + 3, _space.PromisedFrames);
        _machine.TakeAll();
        for (ulong i = 0; i < 5; i++)
        {
            Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + i, Access.Execute));
        }

        Assert.Equal(0ul, _space.PromisedFrames);
        _machine.Audit(_space);
    }

    [Fact]
    public void More_than_there_is_gives_out_of_memory_and_changes_nothing()
    {
        ulong available = _machine.Available;
        Assert.Equal(VmStatus.OutOfMemory, _space.TryAllocate(available, out _));
        Assert.Equal(VmStatus.OutOfMemory, _space.TryAllocate(1ul << 34, out _));
        Assert.Equal(available, _machine.Available);
        Assert.Equal(0, _space.RegionCount);
        _space.Allocate(available - 5);
        Assert.InRange(_machine.Available, 0ul, 2ul);
    }

    [Fact]
    public void More_than_the_address_space_has_gives_no_space()
    {
        Assert.Equal(VmStatus.NoSpace, _space.TryAllocate(1ul << 35, out _));
        Assert.Equal(VmStatus.NoSpace, _space.TryAllocate(1ul << 52, out _));
        Assert.Equal(
            VmStatus.NoSpace,
            _space.AllocateGuarded(PageCount.Of(1ul << 52), RegionKind.Stack, out _));
        Assert.Equal(VmStatus.NoSpace, _space.PlaceImage(PageCount.Of((1ul << 35) - 18), out _));
        Assert.Equal(0, _space.RegionCount);
    }

    [Fact]
    public void A_region_has_pages() =>
        Assert.Throws<ContractBrokenException>(() => _space.TryAllocate(0, out _));

    [Fact]
    public void What_a_space_freed_comes_back_to_it_as_it_was_unless_it_wants_zeroes()
    {
        PageRange range = _space.Allocate(1);
        _space.Write(_machine, range.First, 0x1234);
        _space.Free(range);
        Page again = _space.Allocate(1, PageRights.Read, ZeroFirst.No).First;
        Assert.Equal(0x1234ul, _space.Read(_machine, again));
        _space.Free(PageRange.One(again));
        Page zeroed = _space.Allocate(1, PageRights.Read, ZeroFirst.Yes).First;
        Assert.Equal(0ul, _space.Read(_machine, zeroed));
    }

    [Fact]
    public void What_a_space_wrote_is_never_seen_by_another()
    {
        PageRange range = _space.Allocate(50);
        for (ulong i = 0; i < 50; i++)
        {
            _space.Write(_machine, range.First + i, 0x1234);
        }

        _space.Release();
        AddressSpace<SimulatedMemory> other = _machine.Create();
        PageRange all = other.Allocate(300, PageRights.ReadWrite, ZeroFirst.No);
        for (ulong i = 0; i < 300; i++)
        {
            Assert.Equal(0ul, other.Read(_machine, all.First + i));
        }
    }

    [Fact]
    public void What_a_space_wrote_and_freed_never_comes_back_as_code()
    {
        PageRange range = _space.Allocate(1);
        _space.Write(_machine, range.First, 0xC3);
        _space.Free(range);
        Page code = _space.Allocate(1, PageRights.ExecuteOnly, ZeroFirst.No).First;
        Assert.Equal(0ul, _space.Read(_machine, code, Access.Execute));
    }

    [Fact]
    public void A_guarded_range_has_a_page_on_each_side_that_is_never_anything()
    {
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateGuarded(PageCount.Of(4), RegionKind.Stack, out PageRange stack));
        Page below = Page.Known(stack.First.Number - 1);
        Page above = stack.Last + 1;
        foreach (Access access in new[] { Access.Read, Access.Write, Access.Execute })
        {
            Assert.Equal(FaultOutcome.Denied, _space.Touch(below, access));
            Assert.Equal(FaultOutcome.Denied, _space.Touch(above, access));
            Assert.Equal(FaultOutcome.Denied, _space.Reach(below.Start, access, out _));
        }

        _space.TouchAll(stack);
        Assert.Equal(4ul, _space.ResidentPages);
        Assert.Equal(3, _space.RegionCount);
        Assert.True(_space.TryFind(below.Start, out Region? guard));
        Assert.Equal(PageRights.None, guard.Rights);
        _machine.Audit(_space);
    }

    [Fact]
    public void Regions_that_share_page_tables_owe_them_once()
    {
        Assert.Equal(VmStatus.Done, _space.PlaceImage(PageCount.Of(400), out PageRange image));
        ulong first = (image.First.Number + 511) & ~511ul;
        first = first + 100 > image.EndNumber ? image.First.Number : first;
        for (ulong i = 0; i < 50; i++)
        {
            PageRange part = PageRange.Known(first + (2 * i), first + (2 * i) + 1);
            Assert.Equal(
                VmStatus.Done, _space.AllocateAt(part, PageRights.ReadWrite, RegionKind.Data));
        }

        Assert.Equal(50ul + 3, _space.PromisedFrames);
    }

    [Fact]
    public void The_end_of_a_space_gives_all_of_it_back()
    {
        _space.TouchAll(_space.Allocate(20));
        _space.Allocate(100);
        _space.Allocate(3, PageRights.ReadExecute);
        _space.AllocateGuarded(PageCount.Of(4), RegionKind.Stack, out PageRange stack);
        _space.TouchAll(stack);
        _space.Release();
        Assert.Equal(_machine.FreeBefore, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
        _machine.Audit();
    }

    [Fact]
    public void With_five_levels_a_place_can_lie_beyond_47_bits()
    {
        var machine = new SpaceMachine(100, 1, PagingFeatures.None, AddressWidth.Bits57);
        AddressSpace<SimulatedMemory> space = machine.Create();
        PageRange range = space.Allocate(1);
        Assert.True(range.First.Number >> 35 != 0);
        space.TouchAll(range);
        machine.Audit(space);
        space.Release();
        Assert.Equal(machine.FreeBefore, machine.Frames.FreeFrames);
    }
}
