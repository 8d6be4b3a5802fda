using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

public sealed class MapSegmentTests
{
    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;
    private readonly PageRange _original;
    private readonly PageSegment<SimulatedMemory> _segment;

    public MapSegmentTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
        _original = _space.Allocate(6);
        _segment = _space.Capture(_original);
    }

    [Fact]
    public void All_mappings_see_what_any_of_them_writes()
    {
        PageRange second = _space.Map(_segment);
        PageRange third = _other.Map(_segment);
        _space.Write(_machine, _original.First + 2, 0x22);
        Assert.Equal(0x22ul, _space.Read(_machine, second.First + 2));
        Assert.Equal(0x22ul, _other.Read(_machine, third.First + 2));
        // What was only promised is one page too, whoever comes first.
        _other.Write(_machine, third.First + 5, 0x55);
        Assert.Equal(0x55ul, _space.Read(_machine, _original.First + 5));
        Assert.Equal(0x55ul, _space.Read(_machine, second.First + 5));
        Assert.Equal(2ul, _segment.ResidentPages);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void A_part_is_mapped_with_its_offset()
    {
        _space.Write(_machine, _original.First + 4, 0x44);
        VmStatus status = _other.MapSegment(
            _segment, SegmentFixture.Part(4, 2), PageRights.Read, MappingMode.Mutual,
            out PageRange range);
        Assert.Equal(VmStatus.Done, status);
        Assert.Equal(2ul, range.Count.Value);
        Assert.Equal(0x44ul, _other.Read(_machine, range.First));
        _machine.Audit(_space, _other);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(6, 1)]
    [InlineData(7, 0)]
    [InlineData(0, 0)]
    [InlineData(5, 1ul << 52)]
    public void What_lies_beyond_the_segment_is_not_mapped(ulong offset, ulong count)
    {
        SegmentPart part = SegmentFixture.Part(offset, count);
        Assert.Equal(
            VmStatus.BeyondSegment,
            _space.MapSegment(_segment, part, PageRights.Read, MappingMode.Mutual, out _));
        Assert.Equal(1, _segment.Mappings);
    }

    [Fact]
    public void Rights_are_those_of_the_mapping()
    {
        PageRange reader = _other.Map(_segment, PageRights.Read);
        Assert.Equal(FaultOutcome.Resumed, _other.Touch(reader.First, Access.Read));
        Assert.Equal(FaultOutcome.Denied, _other.Touch(reader.First));
        Assert.Equal(FaultOutcome.Denied, _other.Touch(reader.First, Access.Execute));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(_original.First));
    }

    [Fact]
    public void A_place_can_be_chosen_where_nothing_is()
    {
        VirtualAddress place = VirtualAddress.Create(0x1234_5000);
        Assert.Equal(VmStatus.Done, MapAt(place));
        _space.Write(_machine, place.Page + 1, 0x11);
        Assert.Equal(0x11ul, _space.Read(_machine, _original.First + 1));
        Assert.Equal(VmStatus.Occupied, MapAt(place + 4096));
        Assert.Equal(VmStatus.Unaligned, MapAt(place + 8));
        Assert.Equal(VmStatus.StartOutOfRange, MapAt(VirtualAddress.Create(0xF000)));
        Assert.Equal(
            VmStatus.EndOutOfRange, MapAt(VirtualAddress.Create(0x7FFF_FFFF_D000)));
        Assert.Equal(2, _segment.Mappings);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void One_mapping_is_unmapped_by_where_it_starts()
    {
        PageRange second = _space.Map(_segment);
        _space.TouchAll(second);
        Assert.Equal(VmStatus.NotMapped, Unmap((second.First + 1).Start));
        Assert.Equal(VmStatus.NotMapped, Unmap(second.First.Start + 1));
        Assert.Equal(VmStatus.Done, Unmap(second.First.Start));
        Assert.Equal(VmStatus.NotMapped, Unmap(second.First.Start));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(second.First));
        Assert.Equal(6ul, _segment.ResidentPages);
        Assert.Equal(0ul, _space.ResidentPages);
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(_original.First));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void All_mappings_of_one_space_are_unmapped_together()
    {
        PageRange theirs = _other.Map(_segment);
        for (int i = 0; i < 5; i++)
        {
            _space.TouchAll(_space.Map(_segment));
        }

        Assert.Equal(7, _segment.Mappings);
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment));
        Assert.Equal(VmStatus.NotMapped, _space.UnmapSegment(_segment));
        Assert.Equal(1, _segment.Mappings);
        Assert.Equal(0, _space.RegionCount);
        Assert.Equal(FaultOutcome.Resumed, _other.Touch(theirs.First));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Behind_however_many_mappings_of_others_each_piece_gets_on()
    {
        const ulong Theirs = 8_000;
        VirtualAddress place = VirtualAddress.Create(1UL << 40);
        for (ulong i = 0; i < Theirs; i++)
        {
            Assert.Equal(VmStatus.Done, _other.MapSegmentAt(
                _segment, SegmentFixture.Part(0, 1), PageRights.Read, MappingMode.Mutual,
                place + (i * PageSizes.SmallBytes)));
        }

        int pieces = 1;
        for (WorkBudget budget = WorkBudget.Piece;
            _space.UnmapSegment(_segment, ref budget) == VmStatus.Unfinished;
            budget = WorkBudget.Piece)
        {
            Assert.InRange(++pieces, 2, 10);
        }

        Assert.Equal(VmStatus.NotMapped, _space.UnmapSegment(_segment));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void Without_memory_for_page_tables_nothing_is_mapped()
    {
        List<Frame> taken = _machine.TakeAll();
        ulong reserved = _machine.Frames.ReservedFrames;
        Assert.Equal(
            VmStatus.OutOfMemory,
            _other.TryMap(_segment, PageRights.Read, MappingMode.Mutual, out _));
        Assert.Equal(1, _segment.Mappings);
        Assert.Equal(0, _other.RegionCount);
        Assert.Equal(reserved, _machine.Frames.ReservedFrames);
        foreach (Frame frame in taken)
        {
            _machine.Frames.Drop(frame);
        }

        PageRange range = _other.Map(_segment, PageRights.Read);
        // From now on no touch can fail.
        _machine.TakeAll();
        _space.TouchAll(_original);
        for (ulong i = 0; i < 6; i++)
        {
            Assert.Equal(FaultOutcome.Resumed, _other.Touch(range.First + i, Access.Read));
        }

        _machine.Audit(_space, _other);
    }

    private VmStatus MapAt(VirtualAddress start) =>
        _space.MapSegmentAt(
            _segment, _segment.All(), PageRights.ReadWrite, MappingMode.Mutual, start);

    private VmStatus Unmap(VirtualAddress start) => _space.UnmapSegment(_segment, start);
}
