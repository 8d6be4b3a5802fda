using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

public sealed class LargeSegmentTests
{
    private readonly SpaceMachine _machine = new(16384);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;

    public LargeSegmentTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
    }

    [Fact]
    public void Large_pages_are_captured_as_they_are_and_mapped_large_elsewhere()
    {
        PageRange range = _space.Allocate(2048);
        _space.TouchAll(range);
        _space.Write(_machine, range.First + 1000, 0x1000);
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First));
        PageRange second = _other.Map(segment);
        Assert.Equal(0x1000ul, _other.Read(_machine, second.First + 1000));
        Assert.Equal(PageSize.Large, _other.SizeAt(second.First + 1000));
        Assert.Equal(512ul, _other.ResidentPages);
        Assert.True(segment.IsSound());
        _machine.Audit(_space, _other);
    }

    [Theory]
    [InlineData(3, 600)]
    [InlineData(500, 1000)]
    [InlineData(1, 511)]
    [InlineData(511, 1026)]
    public void Large_pages_across_the_ends_of_what_is_captured_are_split(
        ulong first, ulong count)
    {
        PageRange range = _space.Allocate(2048);
        for (ulong i = 0; i < 2048; i++)
        {
            _space.Write(_machine, range.First + i, i);
        }

        PageRange part = PageRange.Of(range.First + first, PageCount.Of(count));
        PageSegment<SimulatedMemory> segment = _space.Capture(part);
        PageRange second = _other.Map(segment);
        for (ulong i = 0; i < count; i++)
        {
            Assert.Equal(first + i, _other.Read(_machine, second.First + i));
        }

        bool hasWhole = first + count >= 1024;
        Assert.Equal(
            hasWhole ? PageSize.Large : PageSize.Small,
            _other.SizeAt(second.First + (ulong.Min(512, first + count - 1) - first)));
        _machine.Audit(_space, _other);
        Assert.Equal(VmStatus.Done, _space.Free(range.First.Start, first));
        _space.UnmapSegment(segment);
        segment.EndOwner();
        _machine.Audit(_space, _other);
        _other.UnmapSegment(segment);
        Assert.True(segment.HasEnded);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void A_part_of_a_large_page_is_mapped_in_small_ones()
    {
        PageRange range = _space.Allocate(1024);
        for (ulong i = 0; i < 1024; i++)
        {
            _space.Write(_machine, range.First + i, i);
        }

        ulong free = _machine.Frames.FreeFrames;
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        SegmentPart part = SegmentFixture.Part(100, 600);
        Assert.Equal(
            VmStatus.Done,
            _other.MapSegmentAt(
                segment, part, PageRights.ReadWrite, MappingMode.Mutual,
                VirtualAddress.Create(0x1234_5000)));
        Page first = VirtualAddress.Create(0x1234_5000).Page;
        for (ulong i = 0; i < 600; i++)
        {
            Assert.Equal(100 + i, _other.Read(_machine, first + i));
        }

        Assert.Equal(PageSize.Small, _other.SizeAt(first + 500));
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First));
        _machine.Audit(_space, _other);
        // The small mappings keep the large frames, whoever goes first.
        _space.UnmapSegment(segment);
        segment.EndOwner();
        Assert.Equal(105ul, _other.Read(_machine, first + 5));
        _machine.Audit(_space, _other);
        _other.UnmapSegment(segment);
        _machine.Audit(_space, _other);
        // The pages, and two tables of the original mapping.
        Assert.Equal(free + 1024 + 2, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void A_segment_gets_large_pages_where_it_is_touched()
    {
        PageRange range = _space.Allocate(1024);
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        PageRange second = _other.Map(segment);
        Assert.Equal(FaultOutcome.Resumed, _other.Touch(second.First + 700));
        Assert.Equal(512ul, segment.ResidentPages);
        Assert.Equal(PageSize.Large, _other.SizeAt(second.First + 700));
        _space.Write(_machine, range.First + 700, 7);
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First + 700));
        Assert.Equal(7ul, _other.Read(_machine, second.First + 700));
        Assert.True(segment.IsSound());
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Of_a_large_page_only_what_is_written_is_copied()
    {
        PageRange range = _space.Allocate(1024);
        for (ulong i = 0; i < 1024; i++)
        {
            _space.Write(_machine, range.First + i, i);
        }

        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        PageRange copy = _other.Map(segment, PageRights.ReadWrite, MappingMode.CopyOnWrite);
        Assert.Equal(5ul, _other.Read(_machine, copy.First + 5));
        Assert.Equal(PageSize.Large, _other.SizeAt(copy.First));
        ulong free = _machine.Frames.FreeFrames;
        _other.Write(_machine, copy.First + 5, 0xC5);
        // The copy, and the table of what was a large page.
        Assert.Equal(free - 2, _machine.Frames.FreeFrames);
        Assert.Equal(5ul, _space.Read(_machine, range.First + 5));
        Assert.Equal(6ul, _other.Read(_machine, copy.First + 6));
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First));
        _machine.Audit(_space, _other);
        _space.UnmapSegment(segment);
        segment.EndOwner();
        // The last one: what it has not copied is its own as it is.
        _other.Number(_machine, PageRange.Of(copy.First, PageCount.Of(1024)));

        // Two tables of the original mapping are free instead, but the frame that was mapped in
        // parts takes the segment a record of its parts.
        Assert.Equal(free - 1, _machine.Frames.FreeFrames);
        _machine.Audit(_space, _other);
        _other.UnmapSegment(segment);
        Assert.True(segment.HasEnded);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Large_pages_become_code_in_one_piece()
    {
        PageRange range = _space.Allocate(1024);
        _space.TouchAll(range);
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        _space.UnmapSegment(segment);
        PageRange code = _space.Map(segment, PageRights.ReadExecute);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(code.First + 9, Access.Execute));
        Assert.Equal(PageSize.Large, _space.SizeAt(code.First));
        Assert.Equal(1024, _machine.Memory.Machine.Sealed.Count);
        PageRange small = default;
        Assert.Equal(
            VmStatus.Done,
            _other.MapSegment(
                segment, SegmentFixture.Part(10, 5), PageRights.ReadExecute,
                MappingMode.Mutual, out small));
        Assert.Equal(FaultOutcome.Resumed, _other.Touch(small.First, Access.Execute));
        _machine.Audit(_space, _other);
        _space.UnmapSegment(segment);
        _other.UnmapSegment(segment);
        segment.EndOwner();
        Assert.Empty(_machine.Memory.Machine.Sealed);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void A_large_hand_over_copies_nothing()
    {
        PageRange range = _space.Allocate(8192);
        _space.TouchAll(range);
        _machine.Memory.Machine.ZeroedFrames = 0;
        PageSegment<SimulatedMemory> segment = _space.Capture(range);
        _space.UnmapSegment(segment);
        PageRange taken = _other.Map(segment);
        _other.TouchAll(taken);
        Assert.Equal(8192ul, _other.ResidentPages);
        // 1 + 16 nodes that lead to 16 large frames would be 17; tables and nodes alone are new.
        Assert.InRange(_machine.Memory.Machine.ZeroedFrames, 0, 17 + 4);
        Assert.Equal(0ul, _space.ResidentPages);
        _machine.Audit(_space, _other);
    }
}
