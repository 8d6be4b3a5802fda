using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>Each rule is broken once by hand; the audit must name it.</summary>
public sealed class AddressSpaceAuditTests
{
    private readonly SpaceMachine _machine = new(400);
    private readonly AddressSpace<SimulatedMemory> _space;
    private readonly Region _lower;
    private readonly Region _upper;
    private readonly PageRange _image;

    public AddressSpaceAuditTests()
    {
        _space = _machine.Create();
        _space.PlaceImage(PageCount.Of(40), out _image);
        _lower = Add(0, 10);
        _upper = Add(20, 10);
        _space.TouchAll(_lower.Range);
        Expect(SpaceRule.Sound);
    }

    [Fact]
    public void A_recalled_table_that_is_elsewhere_is_found()
    {
        _space.Table.Recall(_upper.Range.First, Frame.Of(1));
        Expect(SpaceRule.TableRecalled);
    }

    [Fact]
    public void Regions_that_overlap_are_found()
    {
        _lower.EndNumber = _upper.FirstNumber + 1;
        Expect(SpaceRule.RegionsApart);
    }

    [Fact]
    public void An_empty_region_is_found()
    {
        _lower.EndNumber = _lower.FirstNumber;
        Expect(SpaceRule.RegionsApart);
    }

    [Fact]
    public void A_region_below_the_bounds_is_found()
    {
        _lower.FirstNumber = 15;
        Expect(SpaceRule.RegionsApart);
    }

    [Fact]
    public void A_gap_that_is_not_as_long_as_said_is_found()
    {
        _upper.Gap--;
        Expect(SpaceRule.TreeInShape);
    }

    [Fact]
    public void A_subtree_that_does_not_know_its_longest_gap_is_found()
    {
        _lower.SubtreeGap++;
        Expect(SpaceRule.TreeInShape);
    }

    [Fact]
    public void Weights_out_of_order_are_found()
    {
        Region parent = _lower.Parent ?? _upper.Parent!;
        Region child = _lower.Parent is null ? _upper : _lower;
        (parent.Weight, child.Weight) = (1, 2);
        Expect(SpaceRule.TreeInShape);
    }

    [Fact]
    public void A_page_outside_of_regions_is_found()
    {
        Map(_image.First + 15, PageRights.ReadWrite);
        Expect(SpaceRule.MappedInRegions);
    }

    [Fact]
    public void A_page_in_a_guard_is_found()
    {
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateGuarded(PageCount.One, RegionKind.Stack, out PageRange stack));
        Expect(SpaceRule.Sound);
        Map(stack.Last + 1, PageRights.ReadWrite);
        Expect(SpaceRule.MappedInRegions);
    }

    [Fact]
    public void A_shared_region_with_a_hole_is_found()
    {
        Frame frame = NewFrame();
        Assert.True(_machine.Frames.TryHold(frame));
        PageRange place = PageRange.One(_image.First + 35);
        Assert.Equal(
            VmStatus.Done,
            _space.MapShared(place, [frame], PageRights.Read, RegionKind.Constants));
        Expect(SpaceRule.Sound);
        _space.Table.Unmap(place);
        Expect(SpaceRule.MappedInRegions);
    }

    [Fact]
    public void A_page_with_other_rights_than_its_region_is_found()
    {
        _space.Table.Protect(PageRange.One(_lower.Range.First), PageRights.Read);
        Expect(SpaceRule.RightsOfRegion);
    }

    [Fact]
    public void A_page_that_is_neither_there_nor_promised_is_found()
    {
        _space.Table.Unmap(PageRange.One(_lower.Range.First));
        Expect(SpaceRule.PagesPromised);
    }

    [Fact]
    public void Promised_frames_that_the_allocator_does_not_keep_are_found()
    {
        _machine.Frames.Unreserve(1);
        Expect(SpaceRule.PagesPromised);
    }

    [Fact]
    public void A_table_that_is_not_promised_is_found()
    {
        var machine = new SpaceMachine(100, 5);
        AddressSpace<SimulatedMemory> space = machine.Create();
        Assert.Equal(
            VmStatus.Done,
            space.AllocateGuarded(PageCount.One, RegionKind.Stack, out PageRange stack));
        Assert.True(space.TryFind((stack.Last + 1).Start, out Region? guard));
        Assert.Equal(SpaceRule.Sound, space.Audit());
        guard.EndNumber += 512;
        Assert.Equal(SpaceRule.TablesPromised, space.Audit());
    }

    private void Expect(SpaceRule rule) => Assert.Equal(rule, _space.Audit());

    private Region Add(ulong first, ulong count)
    {
        PageRange part = PageRange.Of(_image.First + first, PageCount.Of(count));
        Assert.Equal(
            VmStatus.Done, _space.AllocateAt(part, PageRights.ReadWrite, RegionKind.Data));
        Assert.True(_space.TryFind(part.First.Start, out Region? region));
        return region;
    }

    private Frame NewFrame()
    {
        Assert.True(_machine.Frames.TryAllocate(
            FrameUse.ZeroedData(FrameOwner.Kernel), out Frame frame));
        return frame;
    }

    // Behind the space's back, with tables that it did promise.
    private void Map(Page page, PageRights rights) =>
        Assert.Equal(
            MapStatus.Mapped,
            _space.Table.TryMap(page, PageSize.Small, NewFrame(), rights));
}
