using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.Segments;

/// <summary>Code is made of many pages in pieces, and runs when all of them are sealed.</summary>
public sealed class SealingTests
{
    private const ulong Pages = 1200;

    private readonly SpaceMachine _machine = new(16 * 1024);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly PageSegment<SimulatedMemory> _segment;

    public SealingTests()
    {
        _machine.BreakGroups();
        _space = _machine.Create();
        PageRange range = _space.Allocate(Pages);
        _space.Number(_machine, PageRange.Of(range.First, PageCount.Of(Pages - 5)));

        Assert.Equal(
            VmStatus.Done, _space.Capture(range.First.Start, Pages, out _segment!));
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment, range.First.Start));
    }

    [Fact]
    public void The_first_use_goes_on_with_sealing_until_all_is_sealed()
    {
        PageRange code = MapCode();
        int pieces = 1;
        while (Piece(code.First + 7, Access.Execute) == FaultOutcome.Unfinished)
        {
            Assert.False(_space.Table.TryTranslate(code.First + 7, out _));
            if (pieces++ % 32 == 0)
            {
                AssertSound();
            }
        }

        Assert.InRange(pieces, 1000, 1300);
        Assert.Equal(8ul, _space.Read(_machine, code.First + 7, Access.Execute));
        Assert.Equal(0ul, _space.Read(_machine, code.Last, Access.Execute));
        AssertSound();
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment));
        End();
    }

    [Fact]
    public void A_page_that_comes_while_others_are_sealed_is_code_as_well()
    {
        PageRange code = MapCode();
        Assert.Equal(FaultOutcome.Unfinished, Piece(code.Last, Access.Execute));
        Assert.Equal(FaultOutcome.Resumed, _space.Touch(code.Last, Access.Execute));
        AssertSound();
    }

    [Fact]
    public void A_segment_that_ends_half_sealed_gives_all_back()
    {
        PageRange code = MapCode();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(FaultOutcome.Unfinished, Piece(code.First, Access.Execute));
        }

        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment));
        AssertSound();
        End();
    }

    [Fact]
    public void A_half_sealed_segment_is_emptied_in_pieces()
    {
        PageRange code = MapCode();
        Assert.Equal(FaultOutcome.Unfinished, Piece(code.First, Access.Execute));
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(_segment));
        bool isDone = false;
        for (int pieces = 0; !isDone; pieces++)
        {
            WorkBudget budget = WorkBudget.Of(50_000);
            isDone = _segment.TryEmpty(ref budget);
            AssertSound();
        }

        End();
    }

    [Fact]
    public void Nobody_can_write_to_it_from_its_first_mapping_as_code_on()
    {
        MapCode();
        Assert.Equal(VmStatus.Refused, _space.MapSegment(
            _segment, new SegmentPart(default, PageCount.Of(Pages)), PageRights.ReadWrite,
            MappingMode.Mutual, out _));
    }

    private PageRange MapCode()
    {
        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(VmStatus.Done, _space.MapSegment(
            _segment, new SegmentPart(default, PageCount.Of(Pages)), PageRights.ReadExecute,
            MappingMode.Mutual, ref budget, out PageRange code));
        AssertSound();
        return code;
    }

    private FaultOutcome Piece(Page page, Access access)
    {
        WorkBudget budget = WorkBudget.Of(1);
        return _space.Resolve(new PageFault(page.Start, access), ref budget);
    }

    private void AssertSound()
    {
        _machine.Audit(_space);
        Assert.True(_segment.IsSound());
        Assert.Equal(
            _space.PromisedFrames + _segment.PromisedFrames, _machine.Frames.ReservedFrames);
    }

    private void End()
    {
        _segment.EndOwner();
        Assert.True(_segment.HasEnded);
        _space.Release();
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
    }
}
