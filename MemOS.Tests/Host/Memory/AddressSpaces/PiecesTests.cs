using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>What costs as much as there is memory is done in pieces.</summary>
public sealed class PiecesTests
{
    private const ulong Pages = 8 * 512;

    private readonly SpaceMachine _machine = new(16 * 1024);
    private ulong _free;

    [Fact]
    public void A_space_ends_in_pieces_between_which_every_frame_is_accounted_for()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out _);
        AddressSpace<SimulatedMemory> other = _machine.Create();
        int pieces = space.ReleaseInPieces(() => _machine.AuditTables(space, other));
        Assert.InRange(pieces, 8, 100);
        other.Release();
        Assert.Equal(_free, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
    }

    [Fact]
    public void A_copy_of_a_space_ends_in_pieces_and_leaves_the_other_whole()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        Assert.Equal(VmStatus.Done, _machine.TryFork(
            space, out AddressSpace<SimulatedMemory>? copy, out _));
        for (ulong page = 0; page < Pages; page += 512)
        {
            copy!.Write(_machine, range.First + page, page + 1);
        }

        int pieces = copy!.ReleaseInPieces(() => _machine.AuditTables(space, copy!));
        Assert.InRange(pieces, 8, 100);
        _machine.Audit(space);
        Assert.Equal(0ul, space.Read(_machine, range.First));
        space.Release();
        Assert.Equal(_free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void Memory_is_given_back_in_pieces_between_which_everything_is_sound()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        FreeInSoundPieces(space, range.First + 3, Pages - 5);
        Assert.Equal(5ul, space.ResidentPages);
    }

    [Fact]
    public void An_upper_end_is_given_back_in_pieces_without_another_region()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        FreeInSoundPieces(
            space, range.First + 3, Pages - 3, () => Assert.Equal(1, space.RegionCount));
        Assert.Equal(3ul, space.ResidentPages);
    }

    [Fact]
    public void Code_for_which_two_frames_a_page_are_kept_is_given_back_in_pieces()
    {
        _machine.BreakGroups();
        AddressSpace<SimulatedMemory> space = _machine.Create();
        PageRange range = space.Allocate(Pages, PageRights.ExecuteOnly);
        for (ulong page = 0; page < Pages; page++)
        {
            Assert.Equal(
                FaultOutcome.Resumed, space.Touch(range.First + page, Access.Execute));
        }

        ulong rest = _machine.Frames.FreeFrames - _machine.Frames.ReservedFrames;
        Assert.True(_machine.Frames.TryReserve(rest));
        Assert.Equal(VmStatus.Done, space.FreeInPieces(
            range.First.Start, Pages, () => _machine.AuditTables(space)));
        _machine.Frames.Unreserve(rest);
        _machine.Audit(space);
    }

    [Fact]
    public void Memory_that_a_copy_has_as_well_is_given_back_in_pieces()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        Assert.Equal(VmStatus.Done, _machine.TryFork(
            space, out AddressSpace<SimulatedMemory>? copy, out _));
        Assert.Equal(VmStatus.Done, space.FreeInPieces(
            range.First.Start, Pages, () => _machine.Audit(space, copy!)));
        Assert.Equal(0ul, space.ResidentPages);
        Assert.Equal(0ul, copy!.Read(_machine, range.Last));
        _machine.Audit(space, copy!);
    }

    [Fact]
    public void What_cannot_be_given_back_as_a_whole_is_not_given_back_in_part()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        Assert.Equal(
            VmStatus.NotAllocated, space.FreeInPieces(range.First.Start, Pages + 1));
        Assert.Equal(Pages, space.ResidentPages);
    }

    [Fact]
    public void A_mapping_that_is_unmapped_in_pieces_is_of_no_use_meanwhile()
    {
        AddressSpace<SimulatedMemory> space = WithSmallPages(out PageRange range);
        PageSegment<SimulatedMemory> segment = space.Capture(range);
        WorkBudget budget = WorkBudget.Of(1);
        Assert.Equal(
            VmStatus.Unfinished, space.UnmapSegment(segment, range.First.Start, ref budget));
        Assert.InRange(space.ResidentPages, 1ul, Pages - 1);
        Assert.Equal(FaultOutcome.Denied, space.Touch(range.First));
        _machine.Audit(space);
        Assert.Equal(VmStatus.Done, space.UnmapSegment(segment, range.First.Start));
        segment.EndOwner();
        _machine.Audit(space);
    }

    private void FreeInSoundPieces(
        AddressSpace<SimulatedMemory> space, Page first, ulong pages, Action? afterEach = null)
    {
        int pieces = 0;
        Assert.Equal(VmStatus.Done, space.FreeInPieces(first.Start, pages, () =>
        {
            pieces++;
            afterEach?.Invoke();
            _machine.Audit(space);
        }));
        Assert.InRange(pieces, 7, 100);
        _machine.Audit(space);
    }

    // No large page is free, so that there are as many pages as frames.
    private AddressSpace<SimulatedMemory> WithSmallPages(out PageRange range)
    {
        _machine.BreakGroups();
        _free = _machine.Frames.FreeFrames;
        AddressSpace<SimulatedMemory> space = _machine.Create();
        range = space.Allocate(Pages);
        space.TouchAll(range);
        return space;
    }
}
