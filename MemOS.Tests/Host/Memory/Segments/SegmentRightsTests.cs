using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

/// <summary>Every road on which a frame could become both writable and executable.</summary>
public sealed class SegmentRightsTests
{
    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;

    public SegmentRightsTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
    }

    [Fact]
    public void Pages_that_were_given_up_become_code_with_what_was_written()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out PageRange original);
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(segment));
        PageRange code = _space.Map(segment, PageRights.ReadExecute);
        Assert.Equal(SegmentState.Executable, segment.State);
        for (ulong i = 0; i < 5; i++)
        {
            // Two pages were never touched: they are zero, and code as well.
            ulong expected = i < 3 ? i + 1 : 0;
            Assert.Equal(
                expected, _space.Read(_machine, code.First + i, Access.Execute | Access.Read));
        }

        Assert.Equal(FaultOutcome.Denied, _space.Touch(original.First));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(code.First));
        Assert.Equal(5, _machine.Memory.Machine.Sealed.Count);
        Assert.True(segment.IsSound());
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Code_is_never_written_again_by_any_road()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        _space.UnmapSegment(segment);
        PageRange code = _space.Map(segment, PageRights.ExecuteOnly);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(code.First, Access.Execute));
        ExpectNoWriting(segment);
        // Not even when nothing executes it any more.
        _space.UnmapSegment(segment);
        ExpectNoWriting(segment);
        PageRange reader = _space.Map(segment, PageRights.Read);
        Assert.Equal(FaultOutcome.Denied, _space.Reach(reader.First.Start, Access.Write, out _));
        Assert.Equal(
            VmStatus.NotAllocated, _space.Capture(reader.First.Start, 1, out _));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Frames_of_code_can_be_written_again_once_they_were_freed_and_zeroed()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        _space.UnmapSegment(segment);
        _space.Map(segment, PageRights.ReadExecute);
        _space.UnmapSegment(segment);
        segment.EndOwner();
        Assert.True(segment.HasEnded);
        Assert.Empty(_machine.Memory.Machine.Sealed);
        PageRange data = _space.Allocate(5);
        for (ulong i = 0; i < 5; i++)
        {
            Assert.Equal(0ul, _space.Read(_machine, data.First + i));
        }
    }

    [Theory]
    [InlineData(MappingMode.Mutual)]
    [InlineData(MappingMode.CopyOnWrite)]
    public void While_anything_maps_it_a_segment_does_not_become_code(MappingMode mode)
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        ExpectNoExecution(segment);
        PageRange theirs = _other.Map(segment, PageRights.ReadWrite, mode);
        _space.UnmapSegment(segment);
        ExpectNoExecution(segment);
        Assert.Equal(VmStatus.Done, _other.UnmapSegment(segment, theirs.First.Start));
        _space.Map(segment, PageRights.ReadExecute);
    }

    [Fact]
    public void Who_was_given_the_right_to_write_keeps_others_from_executing()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        SegmentShare writer = new(PageRights.ReadWrite, MappingMode.Mutual);
        Assert.Equal(VmStatus.Done, segment.Share(writer));
        _space.UnmapSegment(segment);
        ExpectNoExecution(segment);
        Assert.Equal(VmStatus.Refused, segment.Share(Executer));
        segment.EndShare(writer);
        Assert.Equal(VmStatus.Done, segment.Share(Executer));
    }

    [Fact]
    public void Who_was_given_the_right_to_execute_keeps_others_from_writing()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        Assert.Equal(VmStatus.Refused, segment.Share(Executer));
        _space.UnmapSegment(segment);
        Assert.Equal(VmStatus.Done, segment.Share(Executer));
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadWrite, MappingMode.Mutual, out _));
        Assert.Equal(
            VmStatus.Refused,
            segment.Share(new SegmentShare(PageRights.ReadWrite, MappingMode.Mutual)));
        segment.EndShare(Executer);
        _space.Map(segment, PageRights.ReadWrite);
    }

    [Fact]
    public void Execution_and_copying_on_write_do_not_go_together()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        _space.UnmapSegment(segment);
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadExecute, MappingMode.CopyOnWrite, out _));
        Assert.Equal(
            VmStatus.Refused,
            segment.Share(new SegmentShare(PageRights.ReadExecute, MappingMode.CopyOnWrite)));
        Assert.Equal(SegmentState.Writable, segment.State);
    }

    [Fact]
    public void Constants_are_not_written_but_may_become_code_or_be_copied()
    {
        PageRange range = _space.Allocate(2, PageRights.Read);
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        Assert.Equal(SegmentState.Constant, segment.State);
        Assert.Equal(
            VmStatus.Refused,
            _other.TryMap(segment, PageRights.ReadWrite, MappingMode.Mutual, out _));
        Assert.Equal(
            VmStatus.Refused,
            segment.Share(new SegmentShare(PageRights.ReadWrite, MappingMode.Mutual)));
        PageRange copy = _other.Map(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite);
        _other.Write(_machine, copy.First, 1);
        Assert.Equal(0ul, _space.Read(_machine, range.First));
        _other.UnmapSegment(segment);
        _space.UnmapSegment(segment);
        _other.Map(segment, PageRights.ReadExecute);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void No_rights_at_all_are_refused()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        Assert.Equal(
            VmStatus.Refused,
            _other.TryMap(segment, PageRights.None, MappingMode.Mutual, out _));
        Assert.Equal(
            VmStatus.Refused,
            segment.Share(new SegmentShare(PageRights.None, MappingMode.Mutual)));
    }

    [Fact]
    public void Without_memory_to_seal_its_frames_a_segment_stays_what_it_is()
    {
        PageSegment<SimulatedMemory> segment = MakeWritten(5, out _);
        _space.UnmapSegment(segment);
        List<Frame> taken = _machine.TakeAll();
        // Three tables, and a frame a page that the kernel's own map of RAM may need.
        for (int i = 0; i < 3 + 5; i++)
        {
            ulong reserved = _machine.Frames.ReservedFrames;
            Assert.Equal(
                VmStatus.OutOfMemory,
                _space.TryMap(segment, PageRights.ReadExecute, MappingMode.Mutual, out _));
            Assert.Equal(SegmentState.Writable, segment.State);
            Assert.Equal(reserved, _machine.Frames.ReservedFrames);
            Assert.Equal(0, segment.Mappings);
            Assert.Empty(_machine.Memory.Machine.Sealed);
            Assert.True(segment.IsSound());
            _machine.Frames.Drop(taken[i]);
        }

        PageRange code = _space.Map(segment, PageRights.ReadExecute);
        _machine.TakeAll();
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(code.Last, Access.Execute));
        Assert.True(segment.IsSound());
    }

    private static SegmentShare Executer => new(PageRights.ReadExecute, MappingMode.Mutual);

    private PageSegment<SimulatedMemory> MakeWritten(ulong pages, out PageRange original)
    {
        original = _space.Allocate(pages);
        _space.Number(_machine, PageRange.Of(original.First, PageCount.Of(pages - 2)));

        return _space.Capture(original);
    }

    private void ExpectNoWriting(PageSegment<SimulatedMemory> segment)
    {
        foreach (MappingMode mode in new[] { MappingMode.Mutual, MappingMode.CopyOnWrite })
        {
            Assert.Equal(
                VmStatus.Refused, _other.TryMap(segment, PageRights.ReadWrite, mode, out _));
            Assert.Equal(
                VmStatus.Refused, segment.Share(new SegmentShare(PageRights.ReadWrite, mode)));
        }
    }

    private void ExpectNoExecution(PageSegment<SimulatedMemory> segment)
    {
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(segment, PageRights.ReadExecute, MappingMode.Mutual, out _));
        Assert.Equal(SegmentState.Writable, segment.State);
        _machine.Audit(_space, _other);
    }
}
