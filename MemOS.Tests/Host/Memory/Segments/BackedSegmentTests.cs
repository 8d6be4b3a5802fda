using System;
using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.Segments;

[Collection(CountsAllocations.Name)]
public sealed class BackedSegmentTests
{
    private const ulong GigabyteOfPages = 1 << 18;

    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;
    private readonly Frame _source;

    public BackedSegmentTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
        Assert.True(_machine.Frames.TryAllocate(FrameUse.Kernel, out _source));
        Assert.True(_machine.Frames.TryHold(_source));
    }

    [Theory]
    [InlineData(Access.Read)]
    [InlineData(Access.Write)]
    public void A_page_that_was_not_supplied_is_waited_for(Access access)
    {
        BackedSegment<SimulatedMemory> segment = Make(3);
        PageRange range = _space.Map(segment);
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.First + 1, access));
        Assert.Equal(
            FaultOutcome.Parked, _space.Reach((range.First + 1).Start, access, out _));
        Assert.Equal(0ul, _space.ResidentPages);
        Supply(segment, 1, 0xABC);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 1, access));
        Assert.Equal(0xABCul, _space.Read(_machine, range.First + 1));
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.First));
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.Last));
        Audit(segment);
    }

    [Fact]
    public void The_region_tells_which_page_is_wanted_of_whom()
    {
        TestBacker backer = new();
        BackedSegment<SimulatedMemory> segment = Make(50, BackedService.Pages, backer);
        VmStatus status = _space.MapSegment(
            segment, SegmentFixture.Part(20, 10), PageRights.Read, MappingMode.Mutual,
            out PageRange range);
        Assert.Equal(VmStatus.Done, status);
        Assert.True(_space.TryFind((range.First + 7).Start, out Region? region));
        SegmentRegion<SimulatedMemory> mapping =
            Assert.IsType<SegmentRegion<SimulatedMemory>>(region);
        Assert.Same(segment, mapping.Segment);
        Assert.Same(backer, segment.Backer);
        Assert.Equal(PageCount.Of(27), mapping.PageOf(range.First + 7));
    }

    [Fact]
    public void What_is_supplied_is_a_copy_and_comes_once()
    {
        BackedSegment<SimulatedMemory> segment = Make(2);
        PageRange range = _space.Map(segment);
        byte[] bytes = new byte[PageSizes.SmallBytes];
        new Random(7).NextBytes(bytes);
        _machine.Memory.CopyIn(_source, 0, bytes);
        Assert.Equal(VmStatus.Done, segment.Supply(PageCount.Of(0), _source));
        Assert.Equal(
            FaultOutcome.Resumed, _space.Reach(range.First.Start, Access.Read, out Frame frame));
        Assert.NotEqual(_source, frame);
        byte[] found = new byte[PageSizes.SmallBytes];
        _machine.Memory.CopyOut(frame, 0, found);
        Assert.Equal(bytes, found);
        ulong free = _machine.Frames.FreeFrames;
        _space.Write(_machine, range.First, 5);
        Supply(segment, 0, 6);
        Assert.Equal(5ul, _space.Read(_machine, range.First));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Audit(segment);
    }

    [Fact]
    public void All_mappings_see_one_page()
    {
        BackedSegment<SimulatedMemory> segment = Make(600);
        PageRange here = _space.Map(segment);
        PageRange again = _space.Map(segment, PageRights.Read);
        PageRange there = _other.Map(segment);
        Supply(segment, 599, 1);
        _other.Write(_machine, there.Last, 2);
        Assert.Equal(2ul, _space.Read(_machine, here.Last));
        Assert.Equal(2ul, _space.Read(_machine, again.Last));
        Assert.Equal(1ul, segment.ResidentPages);
        Audit(segment);
    }

    [Fact]
    public void A_gigabyte_works_in_sixteen_megabytes()
    {
        ulong available = _machine.Available;
        BackedSegment<SimulatedMemory> segment = Make(GigabyteOfPages);
        Assert.Equal(available, _machine.Available);
        PageRange range = _space.Map(segment);
        for (ulong page = 5; page < GigabyteOfPages; page += 2003)
        {
            Assert.Equal(FaultOutcome.Parked, _space.Touch(range.First + page));
            Supply(segment, page, page);
        }

        for (ulong page = 5; page < GigabyteOfPages; page += 2003)
        {
            Assert.Equal(page, _space.Read(_machine, range.First + page));
        }

        Audit(segment);
    }

    [Fact]
    public void Writers_of_one_that_copies_get_copies_and_no_one_else_sees_them()
    {
        BackedSegment<SimulatedMemory> segment = Make(4, BackedService.PagesToCopy);
        SegmentShare wish = new(PageRights.ReadWrite, MappingMode.Mutual);
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadWrite, MappingMode.Mutual, out _));
        Assert.Equal(VmStatus.Refused, segment.Share(wish));
        Assert.Equal(
            new SegmentShare(PageRights.ReadWrite, MappingMode.CopyOnWrite),
            segment.Grant(wish));
        SegmentShare reading = new(PageRights.Read, MappingMode.Mutual);
        Assert.Equal(reading, segment.Grant(reading));
        PageRange range = _space.Map(segment, mode: MappingMode.CopyOnWrite);
        PageRange seen = _other.Map(segment, PageRights.Read);
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.First));
        Supply(segment, 0, 10);
        Supply(segment, 1, 11);
        // One is written at once, the other is read before.
        _space.Write(_machine, range.First, 20);
        Assert.Equal(11ul, _space.Read(_machine, range.First + 1));
        _space.Write(_machine, range.First + 1, 21);
        Assert.Equal(20ul, _space.Read(_machine, range.First));
        Assert.Equal(21ul, _space.Read(_machine, range.First + 1));
        Assert.Equal(10ul, _other.Read(_machine, seen.First));
        Assert.Equal(11ul, _other.Read(_machine, seen.First + 1));
        Assert.Equal(0ul, _space.SegmentPages);
        Audit(segment);
    }

    [Fact]
    public void The_last_mapping_copies_too()
    {
        BackedSegment<SimulatedMemory> segment = Make(4);
        PageRange range = _space.Map(segment, mode: MappingMode.CopyOnWrite);
        Supply(segment, 0, 10);
        Assert.Equal(10ul, _space.Read(_machine, range.First));
        segment.EndOwner();
        _space.Write(_machine, range.First, 20);
        Assert.Equal(20ul, _space.Read(_machine, range.First));
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.Last));
        Audit(segment);
    }

    [Fact]
    public void Code_is_sealed_when_it_is_supplied_and_before()
    {
        BackedSegment<SimulatedMemory> segment = Make(4);
        Supply(segment, 0, 0xC3);
        PageRange range = _space.Map(segment, PageRights.ReadExecute);
        Assert.Equal(SegmentState.Executable, segment.State);
        Assert.Equal(FaultOutcome.Parked, _space.Touch(range.First + 1, Access.Execute));
        Supply(segment, 1, 0xC4);
        Assert.Equal(0xC3ul, _space.Read(_machine, range.First, Access.Execute));
        Assert.Equal(0xC4ul, _space.Read(_machine, range.First + 1, Access.Execute));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(range.First + 1));
        Assert.Equal(
            VmStatus.Refused,
            _other.TryMap(segment, PageRights.ReadWrite, MappingMode.Mutual, out _));
        Audit(segment);
    }

    [Fact]
    public void What_is_mapped_or_shared_to_write_is_no_code()
    {
        BackedSegment<SimulatedMemory> segment = Make(4);
        _space.Map(segment);
        Assert.Equal(
            VmStatus.Refused,
            _other.TryMap(segment, PageRights.ReadExecute, MappingMode.Mutual, out _));
        Assert.Equal(SegmentState.Writable, segment.State);
    }

    [Fact]
    public void Served_accesses_have_no_pages_no_code_and_no_copies()
    {
        BackedSegment<SimulatedMemory> segment = Make(4, BackedService.Accesses);
        PageRange range = _space.Map(segment);
        Assert.Equal(FaultOutcome.Served, _space.Touch(range.First, Access.Read));
        Assert.Equal(FaultOutcome.Served, _space.Touch(range.Last));
        Assert.Equal(
            FaultOutcome.Served, _space.Reach(range.First.Start, Access.Read, out _));
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite, out _));
        Assert.Equal(
            VmStatus.Refused,
            segment.Share(new SegmentShare(PageRights.ReadExecute, MappingMode.Mutual)));
        PageRange reader = _other.Map(segment, PageRights.Read);
        Assert.Equal(FaultOutcome.Denied, _other.Touch(reader.First));
        Audit(segment);
    }

    [Theory]
    [InlineData(SegmentState.Writable)]
    [InlineData(SegmentState.Executable)]
    public void Without_memory_nothing_is_supplied_and_nothing_lost(SegmentState state)
    {
        BackedSegment<SimulatedMemory> segment = Make(GigabyteOfPages);
        PageRange range = state == SegmentState.Executable
            ? _space.Map(segment, PageRights.ReadExecute)
            : _space.Map(segment);
        List<Frame> taken = _machine.TakeAll();
        // Two nodes, the page, and for code a table of the kernel's map: each may be what lacks.
        int needed = 3 + (state == SegmentState.Executable ? 1 : 0);
        for (int given = 0; given <= needed; given++)
        {
            bool isEnough = given == needed;
            ulong free = _machine.Frames.FreeFrames;
            Assert.Equal(
                isEnough ? VmStatus.Done : VmStatus.OutOfMemory,
                segment.Supply(PageCount.Of(1000), _source));
            Assert.True(isEnough || free == _machine.Frames.FreeFrames);
            Assert.True(segment.IsSound());
            _machine.Frames.Drop(taken[^1]);
            taken.RemoveAt(taken.Count - 1);
        }

        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First + 1000, Access.Read));
    }

    [Fact]
    public void It_ends_with_its_last_user_and_leaves_nothing()
    {
        ulong free = _machine.Frames.FreeFrames;
        AddressSpace<SimulatedMemory> space = _machine.Create();
        BackedSegment<SimulatedMemory> segment = Make(GigabyteOfPages);
        PageRange range = space.Map(segment);
        for (ulong page = 0; page < GigabyteOfPages; page += 30_011)
        {
            Supply(segment, page, 1);
            Assert.Equal(FaultOutcome.Resumed, space.Touch(range.First + page));
        }

        segment.EndOwner();
        Assert.False(segment.HasEnded);
        space.Release();
        Assert.True(segment.HasEnded);
        Assert.Equal(0ul, segment.UsedFrames);
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(_space.PromisedFrames + _other.PromisedFrames, _machine.Frames.ReservedFrames);
    }

    [Fact]
    public void The_fault_path_and_supplying_allocate_no_managed_memory()
    {
        const ulong Step = 32;
        BackedSegment<SimulatedMemory> segment = Make(8 * Step);
        PageRange range = _space.Map(segment);
        // What the simulated machine makes at the first touch of a frame is not the path's.
        ulong next = Step;
        Walk(segment, range, 0, next);
        foreach (Frame frame in _machine.TakeAll())
        {
            _machine.Memory.Zero(frame, PageSize.Small);
            _machine.Frames.Drop(frame);
        }

        long allocated = CountsAllocations.Least(() =>
        {
            Walk(segment, range, next, next + Step);
            next += Step;
        });
        Assert.Equal(0, allocated);
    }

    private void Walk(
        BackedSegment<SimulatedMemory> segment, PageRange range, ulong from, ulong to)
    {
        for (ulong page = from; page < to; page++)
        {
            PageFault fault = new((range.First + page).Start, Access.Write);
            bool isRight = _space.Resolve(fault) == FaultOutcome.Parked
                && segment.Supply(PageCount.Of(page), _source) == VmStatus.Done
                && _space.Resolve(fault) == FaultOutcome.Resumed;
            if (!isRight)
            {
                Assert.Fail("a page is supplied and mapped");
            }
        }
    }

    private BackedSegment<SimulatedMemory> Make(
        ulong pages, BackedService service = BackedService.Pages, Backer? backer = null)
    {
        Assert.True(BackedSegment<SimulatedMemory>.TryCreate(
            _machine.Frames, PageCount.Of(pages), service, backer ?? new TestBacker(),
            _space.Purse, out BackedSegment<SimulatedMemory>? segment));
        return segment;
    }

    private void Supply(BackedSegment<SimulatedMemory> segment, ulong page, ulong value)
    {
        _machine.Memory.CopyIn(_source, 0, BitConverter.GetBytes(value));
        Assert.Equal(VmStatus.Done, segment.Supply(PageCount.Of(page), _source));
    }

    private void Audit(BackedSegment<SimulatedMemory> segment)
    {
        Assert.True(segment.IsSound());
        _machine.Audit(_space, _other);
    }

    private sealed class TestBacker : Backer;
}
