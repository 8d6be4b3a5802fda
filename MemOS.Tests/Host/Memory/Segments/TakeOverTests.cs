using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.Segments;

/// <summary>
/// A segment is there at once, however many pages it is made of, and takes them over in pieces.
/// </summary>
public sealed class TakeOverTests
{
    private const ulong Pages = 1200;
    private const ulong Absent = 5;

    private readonly SpaceMachine _machine = new(16 * 1024);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly PageRange _range;
    private readonly PageSegment<SimulatedMemory> _segment;

    public TakeOverTests()
    {
        _machine.BreakGroups();
        _space = _machine.Create();
        _range = _space.Allocate(Pages);
        _space.Number(_machine, PageRange.Of(_range.First, PageCount.Of(Pages - Absent)));

        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(VmStatus.Done, _space.Capture(
            _range.First.Start, Pages, ref budget, out _segment!));
        Assert.Equal(1ul, _segment.ResidentPages);
        AssertSound();
    }

    [Fact]
    public void What_is_there_can_be_used_as_before()
    {
        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(FaultOutcome.Resumed, _space.Reach(
            (_range.First + 700).Start, Access.Write, out _, ref budget));
        Assert.Equal(1ul, _segment.ResidentPages);
        _space.Write(_machine, _range.First + 700, 0xAA);
        Assert.Equal(0xAAul, _space.Read(_machine, _range.First + 700));
        AssertSound();
    }

    [Fact]
    public void The_first_use_elsewhere_goes_on_until_all_is_taken_over()
    {
        AddressSpace<SimulatedMemory> other = _machine.Create();
        PageRange there = other.Map(_segment);
        int pieces = 1;
        while (Piece(other, there.First + 700) == FaultOutcome.Unfinished)
        {
            if (pieces++ % 64 == 0)
            {
                AssertSound(other);
            }
        }

        Assert.InRange(pieces, 1000, 1300);
        Assert.Equal(701ul, other.Read(_machine, there.First + 700));
        AssertSound(other);
    }

    [Fact]
    public void A_page_that_is_not_there_comes_when_all_is_taken_over()
    {
        Assert.Equal(FaultOutcome.Unfinished, Piece(_space, _range.Last));
        AssertSound();
        _space.Write(_machine, _range.Last, 7);
        Assert.Equal(Pages - Absent + 1, _segment.ResidentPages);
        AssertSound();
    }

    [Fact]
    public void The_mapping_goes_when_all_is_taken_over()
    {
        int pieces = 1;
        WorkBudget budget = WorkBudget.Of(1);
        while (_space.UnmapSegment(_segment, ref budget) == VmStatus.Unfinished)
        {
            budget = WorkBudget.Of(1);
            if (pieces++ % 64 == 0)
            {
                AssertSound();
            }
        }

        Assert.InRange(pieces, 1000, 1400);
        Assert.Equal(Pages - Absent, _segment.ResidentPages);
        AssertSound();
        _segment.EndOwner();
        _space.Release();
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
    }

    [Fact]
    public void A_copy_of_the_space_sees_the_segment()
    {
        Assert.Equal(VmStatus.Done, _machine.TryFork(
            _space, out AddressSpace<SimulatedMemory>? copy, out _));
        Assert.Equal(Pages - Absent, _segment.ResidentPages);
        _space.Write(_machine, _range.First + 9, 0xBB);
        Assert.Equal(0xBBul, copy!.Read(_machine, _range.First + 9));
        AssertSound(copy!);
    }

    [Fact]
    public void The_next_segment_comes_after_it()
    {
        PageRange more = _space.Allocate(3);
        _space.TouchAll(more);
        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(VmStatus.Unfinished, _space.Capture(
            more.First.Start, 3, ref budget, out _));
        AssertSound();
        Assert.Equal(VmStatus.Done, _space.Capture(
            more.First.Start, 3, out PageSegment<SimulatedMemory>? next));
        Assert.Equal(Pages - Absent, _segment.ResidentPages);
        _machine.Audit(_space);
        Assert.True(next!.IsSound());
    }

    [Fact]
    public void A_space_that_ends_meanwhile_leaves_the_pages_to_the_segment()
    {
        _space.ReleaseInPieces(() => _machine.AuditTables(_space));
        Assert.Equal(Pages - Absent, _segment.ResidentPages);
        Assert.True(_segment.IsSound());
        _segment.EndOwner();
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
    }

    private static FaultOutcome Piece(AddressSpace<SimulatedMemory> space, Page page)
    {
        WorkBudget budget = WorkBudget.Of(1);
        return space.Resolve(new PageFault(page.Start, Access.Write), ref budget);
    }

    private void AssertSound(params AddressSpace<SimulatedMemory>[] others)
    {
        _machine.Audit([_space, .. others]);
        Assert.True(_segment.IsSound());
    }
}
