using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>
/// Large pages that a fork shares are copied in pieces, between which all is sound and anything
/// can happen.
/// </summary>
public sealed class LargeCopyTests
{
    private const ulong Large = 512;

    private readonly SpaceMachine _machine = new(16 * 1024);
    private readonly AddressSpace<SimulatedMemory> _parent;
    private readonly AddressSpace<SimulatedMemory> _child;
    private readonly PageRange _range;

    public LargeCopyTests()
    {
        _parent = _machine.Create();
        _range = _parent.Allocate(2 * Large);
        _parent.Number(_machine, _range);

        Assert.Equal(PageSize.Large, _parent.SizeAt(_range.First));
        Assert.Equal(VmStatus.Done, _machine.TryFork(
            _parent, out AddressSpace<SimulatedMemory>? child, out _));
        _child = child!;
    }

    [Fact]
    public void The_copy_is_made_in_pieces_between_which_all_is_sound()
    {
        int pieces = WriteInPieces(_parent, _range.First + 5, 0xA0, AuditBoth);
        Assert.InRange(pieces, 100, 600);
        Assert.Equal(PageSize.Large, _parent.SizeAt(_range.First));
        AssertCopied();
    }

    [Fact]
    public void The_copy_is_made_in_small_pages_where_no_large_frame_is_free()
    {
        BreakAllGroups();
        int pieces = WriteInPieces(_parent, _range.First + 5, 0xA0, AuditBoth);
        Assert.InRange(pieces, 100, 600);
        Assert.Equal(PageSize.Small, _parent.SizeAt(_range.First));
        AssertCopied();
    }

    [Fact]
    public void Nothing_is_copied_any_more_once_the_page_is_the_only_one()
    {
        Assert.Equal(FaultOutcome.Unfinished, Piece(_parent, _range.First));
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(FaultOutcome.Unfinished, Piece(_parent, _range.First));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        _child.Release();
        Assert.Equal(FaultOutcome.Resumed, Piece(_parent, _range.First));
        Assert.Equal(1ul, _parent.Read(_machine, _range.First));
        _machine.Audit(_parent);
    }

    [Fact]
    public void What_is_written_between_two_pieces_is_not_missing_in_the_copy()
    {
        Assert.Equal(FaultOutcome.Unfinished, Piece(_parent, _range.First));
        _child.Release();
        _parent.Write(_machine, _range.First, 0xAA);
        Assert.Equal(VmStatus.Done, _machine.TryFork(
            _parent, out AddressSpace<SimulatedMemory>? next, out _));
        _parent.Write(_machine, _range.First + 1, 0xBB);
        Assert.Equal(0xAAul, _parent.Read(_machine, _range.First));
        Assert.Equal(0xAAul, next!.Read(_machine, _range.First));
        Assert.Equal(2ul, next!.Read(_machine, _range.First + 1));
        _machine.Audit(_parent, next!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_that_is_under_way_takes_nothing_from_others(bool isInSmall)
    {
        if (isInSmall)
        {
            BreakAllGroups();
        }

        Assert.Equal(FaultOutcome.Unfinished, Piece(_parent, _range.First));
        AddressSpace<SimulatedMemory> other = _machine.Create();
        ulong rest = _machine.Frames.FreeFrames - _machine.Frames.ReservedFrames - 80;
        PageRange all = other.Allocate(rest);
        other.TouchAll(all);
        _machine.Audit(_parent, _child, other);
        int pieces = WriteInPieces(
            _parent, _range.First + 5, 0xA0, () => _machine.Audit(_parent, _child, other));
        Assert.InRange(pieces, 2, 600);
        AssertCopied(other);
    }

    [Fact]
    public void Two_copies_that_are_made_at_once_are_both_right()
    {
        PageRange second = PageRange.Of(_range.First + Large, PageCount.Of(Large));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(FaultOutcome.Unfinished, Piece(_parent, _range.First + 5));
            Assert.Equal(FaultOutcome.Unfinished, Piece(_child, second.First));
        }

        _child.Write(_machine, second.First, 0xB0);
        _parent.Write(_machine, _range.First + 5, 0xA0);
        Assert.Equal(Large + 1, _parent.Read(_machine, second.First));
        AssertCopied();
    }

    [Fact]
    public void A_part_of_a_large_page_is_given_back_in_pieces_and_the_copy_keeps_it()
    {
        Assert.Equal(VmStatus.Done, _parent.FreeInPieces(
            (_range.First + 7).Start, 3, AuditBoth));
        Assert.Equal(FaultOutcome.Denied, _parent.Touch(_range.First + 7));
        Assert.Equal(8ul, _child.Read(_machine, _range.First + 7));
        AuditBoth();
    }

    [Fact]
    public void A_segment_is_made_of_large_pages_in_pieces()
    {
        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(VmStatus.Done, _parent.Capture(
            _range.First.Start, 2 * Large, ref budget,
            out PageSegment<SimulatedMemory>? segment));
        int pieces = 0;
        budget = WorkBudget.Of(1);
        while (!_parent.TryEndTakeOver(ref budget))
        {
            pieces++;
            budget = WorkBudget.Of(1);
            if (pieces % 32 == 0)
            {
                AuditBoth();
            }
        }

        Assert.InRange(pieces, 200, 1200);
        Assert.True(segment!.IsSound());
        AuditBoth();
        _parent.Write(_machine, _range.First, 0xA0);
        Assert.Equal(1ul, _child.Read(_machine, _range.First));
    }

    private static FaultOutcome Piece(AddressSpace<SimulatedMemory> space, Page page)
    {
        WorkBudget budget = WorkBudget.Of(1);
        return space.Resolve(new PageFault(page.Start, Access.Write), ref budget);
    }

    private int WriteInPieces(
        AddressSpace<SimulatedMemory> space, Page page, ulong value, Action between)
    {
        int pieces = 1;
        while (Piece(space, page) == FaultOutcome.Unfinished)
        {
            pieces++;
            if (pieces % 32 == 0)
            {
                between();
            }
        }

        space.Write(_machine, page, value);
        return pieces;
    }

    // Those as well that are kept back.
    private void BreakAllGroups()
    {
        ulong reserved = _machine.Frames.ReservedFrames;
        _machine.Frames.Unreserve(reserved);
        _machine.BreakGroups();
        Assert.True(_machine.Frames.TryReserve(reserved));
    }

    private void AuditBoth() => _machine.Audit(_parent, _child);

    private void AssertCopied(params AddressSpace<SimulatedMemory>[] others)
    {
        Assert.Equal(0xA0ul, _parent.Read(_machine, _range.First + 5));
        for (ulong i = 0; i < Large; i++)
        {
            Assert.Equal(i + 1, _child.Read(_machine, _range.First + i));
            if (i != 5)
            {
                Assert.Equal(i + 1, _parent.Read(_machine, _range.First + i));
            }
        }

        _machine.Audit([_parent, _child, .. others]);
    }
}
