using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Segments;

/// <summary>What a fault on a page of a segment maps besides.</summary>
public sealed class NeighbourTests
{
    private const ulong Start = 0x4000;

    private readonly SpaceMachine _machine = new(4096);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly AddressSpace<SimulatedMemory> _other;
    private readonly PageRange _original;
    private readonly PageSegment<SimulatedMemory> _segment;

    public NeighbourTests()
    {
        _space = _machine.Create();
        _other = _machine.Create();
        _original = _space.Allocate(40);
        _segment = _space.Capture(_original);
    }

    [Fact]
    public void What_is_there_within_64_KB_of_a_page_that_is_there_is_mapped_with_it()
    {
        _space.TouchAll(_original);
        MapInOther(MappingMode.Mutual);
        _other.Touch(PageAt(20));
        Assert.Equal(16ul, _other.SegmentPages);
        Assert.True(IsMapped(16) && IsMapped(31));
        Assert.False(IsMapped(15) || IsMapped(32));
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void No_neighbour_lies_beyond_the_mapping()
    {
        _space.TouchAll(_original);
        MapInOther(MappingMode.Mutual);
        _other.Touch(PageAt(39));
        Assert.Equal(8ul, _other.SegmentPages);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void What_nobody_touched_stays_away()
    {
        _space.Touch(_original.First + 3);
        _space.Touch(_original.First + 5);
        MapInOther(MappingMode.Mutual);
        _other.Touch(PageAt(4));
        Assert.Equal(1ul, _other.SegmentPages);
        _other.Touch(PageAt(3));
        Assert.Equal(3ul, _other.SegmentPages);
        Assert.Equal(3ul, _segment.ResidentPages);
        _machine.Audit(_space, _other);
    }

    [Fact]
    public void A_mapping_that_copies_gets_one_page_at_a_time()
    {
        _space.TouchAll(_original);
        MapInOther(MappingMode.CopyOnWrite);
        _other.Touch(PageAt(4), Access.Read);
        Assert.Equal(1ul, _other.ResidentPages);
        _machine.Audit(_space, _other);
    }

    private static Page PageAt(ulong offset) =>
        VirtualAddress.Create((Start + offset) << 12).Page;

    private bool IsMapped(ulong offset) => _other.Table.TryTranslate(PageAt(offset), out _);

    private void MapInOther(MappingMode mode) => Assert.Equal(
        VmStatus.Done,
        _other.MapSegmentAt(
            _segment, _segment.All(), PageRights.ReadWrite, mode, PageAt(0).Start));
}
