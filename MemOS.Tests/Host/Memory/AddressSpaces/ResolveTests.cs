using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

[Collection(CountsAllocations.Name)]
public sealed class ResolveTests
{
    private const int RegionBytes = 96;
    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;

    public ResolveTests() => _space = _machine.Create();

    [Theory]
    [InlineData(Access.Read, Access.Read)]
    [InlineData(Access.Read | Access.Write, Access.Read | Access.Write)]
    [InlineData(Access.Read | Access.Execute, Access.Read | Access.Execute)]
    public void What_a_region_allows_is_resolved_and_all_else_is_denied(
        Access wished, Access allowed)
    {
        Assert.True(PageRights.TryCreate(wished, out PageRights rights));
        Page page = _space.Allocate(1, rights).First;
        for (int i = 0; i < 2; i++)
        {
            foreach (Access access in new[] { Access.Read, Access.Write, Access.Execute })
            {
                FaultOutcome expected = (allowed & access) != 0
                    ? FaultOutcome.Resumed
                    : FaultOutcome.Denied;
                Assert.Equal(expected, _space.Touch(page, access));
                Assert.Equal(expected, _space.Reach(page.Start, access, out _));
            }
        }
    }

    [Theory]
    [InlineData(PagingFeatures.ProtectionKeys, FaultOutcome.Denied)]
    [InlineData(PagingFeatures.None, FaultOutcome.Resumed)]
    public void Execute_only_code_can_be_read_only_where_there_are_no_keys_to_prevent_it(
        PagingFeatures features, FaultOutcome outcome)
    {
        var machine = new SpaceMachine(100, 1, features);
        AddressSpace<SimulatedMemory> space = machine.Create();
        Page page = space.Allocate(1, PageRights.ExecuteOnly).First;
        Assert.Equal(outcome, space.Touch(page, Access.Read));
        Assert.Equal(FaultOutcome.Resumed, space.Touch(page, Access.Execute));
        Assert.Equal(outcome, space.Touch(page, Access.Read));
        Assert.Equal(outcome, space.Reach(page.Start, Access.Read, out _));
        Assert.Equal(FaultOutcome.Denied, space.Touch(page, Access.Write));
    }

    [Fact]
    public void A_fault_that_was_resolved_already_is_not_an_error()
    {
        Page small = _space.Allocate(1).First;
        Page large = _space.Allocate(512).First;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(FaultOutcome.Resumed, _space.Touch(small));
            Assert.Equal(FaultOutcome.Resumed, _space.Touch(large + 5));
        }

        Assert.Equal(513ul, _space.ResidentPages);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xFFFF)]
    [InlineData(0x7FFF_FFFF_F123)]
    [InlineData(0x8000_0000_0000)]
    [InlineData(0x00FF_FFFF_FFFF_FFFF)]
    [InlineData(0xFF00_0000_0000_0000)]
    [InlineData(0xFFFF_8000_0000_0000)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF)]
    public void What_no_program_can_have_is_denied(ulong number)
    {
        _space.Allocate(1);
        VirtualAddress address = VirtualAddress.Create(number);
        Assert.Equal(
            FaultOutcome.Denied, _space.Resolve(new PageFault(address, Access.Read)));
        Assert.Equal(FaultOutcome.Denied, _space.Reach(address, Access.Read, out _));
    }

    [Fact]
    public void A_guard_has_nothing_to_reach_though_nothing_is_done_with_it()
    {
        _space.AllocateGuarded(PageCount.One, RegionKind.Stack, out PageRange stack);
        VirtualAddress guard = (stack.Last + 1).Start;
        Assert.Equal(FaultOutcome.Denied, _space.Reach(guard, Access.None, out _));
        Assert.Equal(FaultOutcome.Denied, _space.Resolve(new PageFault(guard, Access.None)));
        Assert.Equal(FaultOutcome.Resumed, _space.Reach(stack.First.Start, Access.None, out _));
    }

    [Fact]
    public void An_access_to_a_freed_neighbour_of_the_last_region_is_denied()
    {
        PageRange range = _space.Allocate(3);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.Last));
        _space.Free(PageRange.One(range.Last));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(range.Last));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First));
    }

    [Fact]
    public void Code_whose_frame_cannot_be_sealed_is_not_given()
    {
        Page page = _space.Allocate(1, PageRights.ReadExecute).First;
        ulong promised = _space.PromisedFrames;
        ulong free = _machine.Frames.FreeFrames;
        _machine.Memory.Machine.MaySeal = _ => false;
        Assert.Equal(FaultOutcome.OutOfMemory, _space.Touch(page, Access.Execute));
        Assert.Equal(promised, _space.PromisedFrames);
        Assert.Equal(free, _machine.Frames.FreeFrames);
        _machine.Audit(_space);
        _machine.Memory.Machine.MaySeal = _ => true;
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(page, Access.Execute));
        _machine.Audit(_space);
    }

    [Fact]
    public void Nothing_below_64_KB_is_ever_given()
    {
        for (int i = 0; i < 2000; i++)
        {
            PageRange range = _space.Allocate(1);
            Assert.True(range.First.Start.Value >= 0x1_0000);
            _space.Free(range);
        }
    }

    [Fact]
    public void The_fault_path_allocates_no_managed_memory()
    {
        TouchAllFrames();
        PageRange few = _space.Allocate(4, PageRights.ReadWrite, ZeroFirst.No);
        _space.TouchAll(few);
        PageRange[] ranges = [];
        FaultOutcome worst = FaultOutcome.Resumed;
        long allocated = CountsAllocations.Least(() =>
        {
            foreach (PageRange range in ranges) _space.Free(range);
            ranges = [_space.Allocate(300), _space.Allocate(2048), _space.Allocate(300)];
            return () => worst = ReachAll(ranges, worst);
        });
        Assert.Equal(0, allocated);
        Assert.Equal(FaultOutcome.Resumed, worst);
        Assert.True(_space.ResidentPages > 2048);
    }

    [Fact]
    public void An_allocation_costs_one_object_of_at_most_96_bytes_and_freeing_costs_none()
    {
        TouchAllFrames();
        const int Regions = 100;
        var ranges = new List<PageRange>(10 * Regions);
        _space.TouchAll(_space.Allocate(1));
        long allocated = CountsAllocations.Least(() => AllocateMore(ranges, Regions));
        Assert.InRange(allocated, 1, Regions * RegionBytes);
        long freeing = CountsAllocations.Least(() =>
        {
            AllocateMore(ranges, Regions);
            return () => FreeAll(ranges);
        });
        Assert.Equal(0, freeing);
        Assert.Equal(1, _space.RegionCount);
    }

    [Fact]
    public void Freeing_allocates_no_managed_memory_once_frames_are_on_the_move()
    {
        // A heap that grew half-way could take frames that are promised.
        long allocated = CountsAllocations.LeastOf(() =>
        {
            PageRange range = _space.Allocate(5);
            _space.TouchAll(range);
            int regions = _space.RegionCount;
            VmStatus status = _space.Free((range.First + 2).Start, 1);
            long after = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(VmStatus.Done, status);
            Assert.Equal(regions + 1, _space.RegionCount);
            return after - _machine.Memory.Machine.Cache.AllocatedAtFlush;
        });
        Assert.Equal(0, allocated);
    }

    private FaultOutcome ReachAll(PageRange[] ranges, FaultOutcome worst)
    {
        foreach (PageRange range in ranges)
        {
            for (ulong i = 0; i < range.Count.Value; i += 3)
            {
                VirtualAddress address = VirtualAddress.Create((range.First.Number + i) << 12);
                FaultOutcome outcome = _space.Resolve(new PageFault(address, Access.Write));
                worst = outcome > worst ? outcome : worst;
                outcome = _space.Reach(address, Access.Read, out _);
                worst = outcome > worst ? outcome : worst;
            }
        }

        return worst;
    }

    private void AllocateMore(List<PageRange> ranges, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _space.Allocate(
                PageCount.One, PageRights.ReadWrite, ZeroFirst.No, RegionKind.Allocation,
                out PageRange range);
            ranges.Add(range);
        }
    }

    private void FreeAll(List<PageRange> ranges)
    {
        foreach (PageRange range in ranges)
        {
            _space.Free(VirtualAddress.Create(range.First.Number << 12), 1);
        }

        ranges.Clear();
    }

    // The simulated machine makes its records and contents at the first use.
    private void TouchAllFrames()
    {
        for (ulong i = 0; i < 4096; i++)
        {
            _machine.Memory.Machine.Words(Frame.Of(i));
            _machine.Memory.Machine.Info(Frame.Of(i));
        }
    }
}
