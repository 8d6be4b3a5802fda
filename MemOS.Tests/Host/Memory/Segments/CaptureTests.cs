using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

public sealed class CaptureTests
{
    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;

    public CaptureTests() => _space = _machine.Create();

    [Fact]
    public void Captured_pages_stay_where_they_are_with_what_was_in_them()
    {
        PageRange range = _space.Allocate(8);
        _space.Write(_machine, range.First + 3, 0x33);
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        Assert.Equal(8ul, segment.Pages.Value);
        Assert.Equal(1ul, segment.ResidentPages);
        Assert.Equal(1, segment.Mappings);
        Assert.Equal(SegmentState.Writable, segment.State);
        Assert.Equal(0x33ul, _space.Read(_machine, range.First + 3));
        _space.Write(_machine, range.First + 4, 0x44);
        Assert.Equal(2ul, segment.ResidentPages);
        Assert.True(segment.IsSound());
        _machine.Audit(_space);
    }

    [Fact]
    public void A_part_is_cut_out_of_its_region_and_promises_move()
    {
        PageRange range = _space.Allocate(20);
        ulong promised = _machine.Frames.ReservedFrames;
        PageRange part = PageRange.Of(range.First + 5, PageCount.Of(10));
        PageSegment<SimulatedMemory> segment = _space.Capture(part);
        Assert.Equal(3, _space.RegionCount);
        Assert.Equal(promised + 1, _machine.Frames.ReservedFrames);
        Assert.Equal(11ul, segment.PromisedFrames);
        Assert.True(_space.TryFind(range.First.Start, out Region? lower));
        Assert.Equal(5ul, lower.Range.Count.Value);
        Assert.True(_space.TryFind(range.Last.Start, out Region? upper));
        Assert.Equal(5ul, upper.Range.Count.Value);
        _space.TouchAll(range);
        Assert.Equal(10ul, _space.SegmentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void Several_regions_with_the_same_rights_become_one_segment()
    {
        _space.PlaceImage(PageCount.Of(30), out PageRange image);
        Add(image, 0, 10, PageRights.ReadWrite);
        Add(image, 10, 10, PageRights.ReadWrite);
        Add(image, 20, 10, PageRights.ReadWrite);
        PageSegment<SimulatedMemory> segment =
            _space.Capture(PageRange.Of(image.First + 5, PageCount.Of(20)));
        Assert.Equal(20ul, segment.Pages.Value);
        Assert.Equal(3, _space.RegionCount);
        _machine.Audit(_space);
    }

    [Fact]
    public void Regions_with_different_rights_are_refused()
    {
        _space.PlaceImage(PageCount.Of(20), out PageRange image);
        Add(image, 0, 10, PageRights.ReadWrite);
        Add(image, 10, 10, PageRights.Read);
        Expect(VmStatus.Refused, image.First.Start, 20);
    }

    [Fact]
    public void Only_whole_pages_that_were_allocated_are_captured()
    {
        PageRange range = _space.Allocate(4);
        Expect(VmStatus.Unaligned, range.First.Start + 1, 1);
        Expect(VmStatus.NotAllocated, range.First.Start, 5);
        Expect(VmStatus.EndOutOfRange, range.First.Start, 0);
        Expect(VmStatus.EndOutOfRange, range.First.Start, ulong.MaxValue);
        Expect(VmStatus.StartOutOfRange, VirtualAddress.Create(0), 1);
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateGuarded(PageCount.Of(2), RegionKind.Stack, out PageRange stack));
        Expect(VmStatus.NotAllocated, stack.First.Start, 2);
    }

    [Fact]
    public void What_is_part_of_a_segment_is_not_captured_again_nor_freed()
    {
        PageRange range = _space.Allocate(10);
        PageSegment<SimulatedMemory> segment = _space.Capture(
            PageRange.Of(range.First + 4, PageCount.Of(2)));
        PageRange other = _space.Map(segment);
        Expect(VmStatus.Shared, range.First.Start, 10);
        Expect(VmStatus.NotAllocated, other.First.Start, 2);
        Assert.Equal(VmStatus.Shared, _space.Free(range));
        Assert.Equal(VmStatus.Shared, _space.Free((range.First + 5).Start, 1));
        Assert.Equal(VmStatus.NotAllocated, _space.Free(other));
        Assert.Equal(VmStatus.Done, _space.Free(range.First.Start, 4));
        _machine.Audit(_space);
    }

    [Fact]
    public void Without_a_frame_for_what_leads_to_its_pages_nothing_changes()
    {
        PageRange range = _space.Allocate(10);
        _space.TouchAll(range);
        _machine.TakeAll();
        Expect(VmStatus.OutOfMemory, range.First.Start, 10);
        Assert.Equal(1, _space.RegionCount);
        Assert.Equal(VmStatus.Done, _space.Free(range.First.Start, 9));
        // A segment of one page needs nothing at all.
        _machine.TakeAll();
        _space.Capture(PageRange.One(range.Last));
        _machine.Audit(_space);
    }

    [Fact]
    public void Code_that_is_captured_stays_code()
    {
        PageRange range = _space.Allocate(3, PageRights.ReadExecute);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First, Access.Execute));
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        Assert.Equal(SegmentState.Executable, segment.State);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.Last, Access.Execute));
        Assert.Equal(2, _machine.Memory.Machine.Sealed.Count);
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite, out _));
        Assert.True(segment.IsSound());
        _machine.Audit(_space);
    }

    private void Expect(VmStatus expected, VirtualAddress start, ulong pages)
    {
        ulong reserved = _machine.Frames.ReservedFrames;
        int regions = _space.RegionCount;
        Assert.Equal(expected, _space.Capture(start, pages, out _));
        Assert.Equal(reserved, _machine.Frames.ReservedFrames);
        Assert.Equal(regions, _space.RegionCount);
        _machine.Audit(_space);
    }

    private void Add(PageRange image, ulong offset, ulong count, PageRights rights) =>
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateAt(
                PageRange.Of(image.First + offset, PageCount.Of(count)), rights,
                RegionKind.Allocation));
}
