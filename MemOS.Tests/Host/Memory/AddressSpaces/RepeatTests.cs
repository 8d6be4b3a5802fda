using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>Copies of a space are made in pieces, and undone in pieces.</summary>
public sealed class RepeatTests
{
    private const int Regions = 12;

    private readonly SpaceMachine _machine = new(4 * 1024);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly List<PageRange> _ranges = [];
    private readonly PageSegment<SimulatedMemory> _segment;
    private readonly AddressSpace<SimulatedMemory> _maker;
    private readonly PageRange _made;

    public RepeatTests()
    {
        _maker = _machine.Create();
        _made = _maker.Allocate(3);
        _maker.Number(_machine, _made);
        _segment = _maker.Capture(_made);
        Assert.Equal(VmStatus.Done, _segment.Share(new SegmentShare(
            PageRights.ReadWrite, MappingMode.Mutual)));
        _space = _machine.Create();
        for (int i = 0; i < Regions; i++)
        {
            _ranges.Add(_space.Allocate(2));
            _space.Number(_machine, _ranges[i]);
            if (i % 4 == 0)
            {
                Mapped.Add(_space.Map(_segment));
                _space.Touch(Mapped[^1].First);
            }
        }
    }

    private List<PageRange> Mapped { get; } = [];

    [Fact]
    public void Between_two_pieces_everything_is_accounted_for_and_nothing_is_mapped()
    {
        AddressSpace<SimulatedMemory> copy = Begin();
        int pieces = 0;
        while (GoOn(copy) == VmStatus.Unfinished)
        {
            Assert.Equal(++pieces, copy.RegionCount);
            Assert.Equal(0ul, copy.ResidentPages);
            _machine.AuditTables(_maker, _space, copy);
            AssertCharged(_space, copy);
        }

        Assert.Equal(_space.RegionCount - 1, pieces);
        _machine.Audit(_maker, _space, copy);
        AssertCharged(_space, copy);
        foreach (PageRange range in _ranges)
        {
            Assert.Equal(2ul, copy.Read(_machine, range.Last));
        }

        copy.Write(_machine, _ranges[7].First, 0xC7);
        Assert.Equal(1ul, _space.Read(_machine, _ranges[7].First));
        copy.Write(_machine, Mapped[0].First, 0xC8);
        Assert.Equal(0xC8ul, _space.Read(_machine, Mapped[0].First));
        _machine.Audit(_maker, _space, copy);
    }

    [Fact]
    public void A_copy_that_is_given_up_after_any_piece_leaves_nothing_behind()
    {
        ulong available = _machine.Available;
        for (int pieces = 0; pieces < _space.RegionCount; pieces++)
        {
            AddressSpace<SimulatedMemory> copy = Begin();
            for (int i = 0; i < pieces; i++)
            {
                Assert.Equal(VmStatus.Unfinished, GoOn(copy));
            }

            copy.GiveUpCopying();
            AssertCharged(_space, copy);
            copy.ReleaseInPieces(() =>
            {
                _machine.AuditTables(_maker, _space, copy);
                AssertCharged(_space, copy);
            });
            _machine.Audit(_maker, _space);
            AssertCharged(_space);
            Assert.Equal(available, _machine.Available);
            Assert.Equal(Mapped.Count + 1, _segment.Mappings);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_taken_back_outdates_a_copy_whether_it_has_it_or_not(bool isCopied)
    {
        AddressSpace<SimulatedMemory> copy = Begin();
        WorkBudget all = WorkBudget.Unlimited;
        Assert.Equal(VmStatus.Unfinished, GoOn(copy));
        while (isCopied && copy.SegmentPages == 0)
        {
            Assert.Equal(VmStatus.Unfinished, GoOn(copy));
        }

        Assert.False(copy.IsOutdated);
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment, ref all));
        Assert.True(copy.IsOutdated);
        Undo(copy);
        copy = Begin();
        Assert.False(copy.IsOutdated);
        while (GoOn(copy) == VmStatus.Unfinished)
        {
            _machine.AuditTables(_maker, _space, copy);
        }

        Assert.Equal(Regions, copy.RegionCount);
        Assert.Equal(FaultOutcome.Denied, copy.Touch(Mapped[0].First));
        _machine.Audit(_maker, _space, copy);
        AssertCharged(_space, copy);
    }

    [Fact]
    public void A_mapping_that_begins_to_be_unmapped_outdates_a_copy_once()
    {
        AddressSpace<SimulatedMemory> copy = Begin();
        _space.Touch(Mapped[0].First);
        // After the fork that begins, each mapping is unmapped in pieces.
        WorkBudget budget = WorkBudget.Of(1);
        _space.UnmapSegment(_segment, Mapped[0].First.Start, ref budget);
        Assert.True(copy.IsOutdated);
        Undo(copy);
    }

    // The segment lives by the mapping in the copy alone, and ends with that.
    [Fact]
    public void A_segment_that_only_a_copy_has_that_is_not_whole_ends_in_it()
    {
        AddressSpace<SimulatedMemory> copy = BeginUntilMapped();
        WorkBudget all = WorkBudget.Unlimited;
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment, ref all));
        Assert.Equal(VmStatus.Done, _maker.UnmapSegment(_segment, ref all));
        _segment.EndOwner();
        _segment.EndShare(new SegmentShare(PageRights.ReadWrite, MappingMode.Mutual));
        Assert.False(_segment.HasEnded);
        int pieces = 1;
        for (WorkBudget one = WorkBudget.Of(1);
            copy.UnmapSegment(_segment, ref one) == VmStatus.Unfinished;
            one = WorkBudget.Of(1))
        {
            pieces++;
            _machine.AuditTables(_maker, _space, copy);
        }

        Assert.InRange(pieces, 1, 10);
        Assert.True(_segment.HasEnded);
        Undo(copy);
        _machine.Audit(_maker, _space);
    }

    [Fact]
    public void What_is_taken_back_of_the_copy_alone_outdates_it()
    {
        AddressSpace<SimulatedMemory> copy = BeginUntilMapped();
        WorkBudget all = WorkBudget.Unlimited;
        Assert.Equal(VmStatus.Done, copy.UnmapSegment(_segment, ref all));
        Assert.True(copy.IsOutdated);
        Assert.Equal(Mapped.Count + 1, _segment.Mappings);
        Undo(copy);
    }

    [Fact]
    public void Heirs_are_asked_before_each_mapping_and_may_refuse()
    {
        AddressSpace<SimulatedMemory> copy = Begin();
        WorkBudget all = WorkBudget.Unlimited;
        Heirs heirs = new() { Most = 2 };
        Assert.Equal(VmStatus.OverLimit, copy.TryGoOnCopying(heirs, ref all));
        Assert.Equal([_segment, _segment, _segment], heirs.Asked);
        Assert.Equal(Mapped.Count + 1 + 2, _segment.Mappings);
        Undo(copy);
    }

    [Fact]
    public void A_space_without_regions_is_copied_in_one_piece()
    {
        AddressSpace<SimulatedMemory> empty = _machine.Create();
        Assert.Equal(VmStatus.Done, _machine.TryBeginCopy(
            empty, out AddressSpace<SimulatedMemory>? copy, out _));
        Assert.Equal(VmStatus.Done, GoOn(copy!));
        _machine.Audit(_maker, _space, empty, copy!);
    }

    [Fact]
    public void A_limit_refuses_a_copy_before_it_is_begun()
    {
        ResourceAmounts limits = ResourceAmounts.Unlimited;
        limits[Resource.Regions] = (ulong)((2 * _space.RegionCount) - 1);
        _maker.UnmapSegment(_segment, _made.First.Start);
        _machine.Account.SetLimits(limits);
        Assert.Equal(VmStatus.OverLimit, _machine.TryBeginCopy(_space, out _, out _));
        limits[Resource.Regions]++;
        _machine.Account.SetLimits(limits);
        Undo(Begin());
    }

    private AddressSpace<SimulatedMemory> Begin()
    {
        Assert.Equal(VmStatus.Done, _machine.TryBeginCopy(
            _space, out AddressSpace<SimulatedMemory>? copy, out _));
        AssertCharged(_space, copy!);
        return copy!;
    }

    // The segment is mapped in it.
    private AddressSpace<SimulatedMemory> BeginUntilMapped()
    {
        AddressSpace<SimulatedMemory> copy = Begin();
        while (copy.SegmentPages == 0)
        {
            Assert.Equal(VmStatus.Unfinished, GoOn(copy));
        }

        return copy;
    }

    // A region.
    private static VmStatus GoOn(AddressSpace<SimulatedMemory> copy)
    {
        WorkBudget budget = WorkBudget.Of(1);
        return copy.TryGoOnCopying(null, ref budget);
    }

    private void Undo(AddressSpace<SimulatedMemory> copy)
    {
        WorkBudget all = WorkBudget.Unlimited;
        copy.UnmapSegment(_segment, ref all);
        AssertCharged(_space, copy);
        copy.GiveUpCopying();
        copy.Release();
        AssertCharged(_space);
        _machine.Audit(_maker, _space);
    }

    private void AssertCharged(params AddressSpace<SimulatedMemory>[] family)
    {
        ResourceAmounts charges = default;
        if (!_segment.HasEnded)
        {
            _segment.AddCharges(ref charges);
        }

        foreach (AddressSpace<SimulatedMemory> space in family.Append(_maker))
        {
            space.AddCharges(ref charges);
        }

        charges[Resource.KernelBytes] += family[0].PooledBytes + _maker.PooledBytes;
        Assert.Equal(charges.ToRecord(), _machine.Account.Settle().ToRecord());
    }

    private sealed class Heirs : IInheritance<SimulatedMemory>
    {
        public int Most { get; init; }

        public List<Segment<SimulatedMemory>> Asked { get; } = [];

        public bool TryInherit(Segment<SimulatedMemory> segment)
        {
            Asked.Add(segment);
            return Asked.Count <= Most;
        }
    }
}
