using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Paging;

[Collection(CountsAllocations.Name)]
public sealed class PageTableTests
{
    private const ulong Somewhere = 0x1234_5678_9000;
    private readonly PageTableFixture _machine = new();

    private PageTable<SimulatedMemory> Space => _machine.Space;

    [Theory]
    [InlineData(AddressWidth.Bits48)]
    [InlineData(AddressWidth.Bits57)]
    public void A_mapped_page_is_found_and_all_comes_back(AddressWidth width)
    {
        var machine = new PageTableFixture(width);
        Page page = PageTableFixture.PageAt(Somewhere);
        Frame frame = machine.Small();
        MapStatus status = machine.Space.TryMap(
            page, PageSize.Small, frame, PageRights.ReadWrite);
        Assert.Equal(MapStatus.Mapped, status);
        Assert.True(machine.Space.TryTranslate(page, out Translation found));
        Assert.Equal((frame, PageSize.Small), (found.Frame, found.Size));
        Assert.Equal(PageRights.ReadWrite, found.Rights);
        ulong tables = (ulong)width.Levels() - 1;
        Assert.Equal(machine.FreeBefore - tables - 2, machine.Frames.FreeFrames);
        Assert.True(machine.Audit().IsSound, machine.Audit().ToString());

        machine.Space.Unmap(PageRange.One(page));
        Assert.False(machine.Space.TryTranslate(page, out _));
        Assert.Contains(page, machine.Memory.Machine.Cache.Pages);
        Assert.Equal(machine.FreeBefore - 1, machine.Frames.FreeFrames);
        Assert.True(machine.AuditReleased().IsSound);
        Assert.Equal(machine.FreeBefore, machine.Frames.FreeFrames);
    }

    [Theory]
    [InlineData(AddressWidth.Bits48)]
    [InlineData(AddressWidth.Bits57)]
    public void The_next_page_that_is_mapped_is_found_across_what_is_not(AddressWidth width)
    {
        var machine = new PageTableFixture(width);
        const ulong Large = 0x4000_0000;
        ulong[] places = [0x10_0000, 0x10_1000, 0x30_0000, Somewhere, Somewhere + (1ul << 39)];
        machine.Space.TryMap(
            PageTableFixture.PageAt(Large), PageSize.Large, machine.Large(),
            PageRights.ReadWrite);
        foreach (ulong place in places)
        {
            machine.Space.TryMap(
                PageTableFixture.PageAt(place), PageSize.Small, machine.Small(),
                PageRights.ReadWrite);
        }

        ulong end = 1ul << (47 - 12);
        foreach (ulong place in places)
        {
            ulong number = place >> 12;
            Assert.Equal(number, machine.Space.NextMapped(number, end));
            Assert.Equal(number, machine.Space.NextMapped(number, number + 1));
        }

        Assert.Equal(places[0] >> 12, machine.Space.NextMapped(0, end));
        Assert.Equal(places[2] >> 12, machine.Space.NextMapped(0x10_2000 >> 12, end));
        Assert.Equal(0x200ul, machine.Space.NextMapped(0x10_2000 >> 12, 0x200));
        Assert.Equal(Large >> 12, machine.Space.NextMapped(0x30_1000 >> 12, end));
        Assert.Equal((Large >> 12) + 5, machine.Space.NextMapped((Large >> 12) + 5, end));
        Assert.Equal(Somewhere >> 12, machine.Space.NextMapped((Large >> 12) + 512, end));
        Assert.Equal(places[4] >> 12, machine.Space.NextMapped((Somewhere >> 12) + 1, end));
        Assert.Equal(end, machine.Space.NextMapped((places[4] >> 12) + 1, end));
    }

    [Fact]
    public void Tables_that_come_and_go_need_no_zeroing()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        for (int i = 0; i < 3; i++)
        {
            Space.TryMap(page, PageSize.Small, _machine.Small(), PageRights.ReadWrite);
            Space.Unmap(PageRange.One(page));
        }

        int before = _machine.Memory.Machine.ZeroedFrames;
        Space.TryMap(page, PageSize.Small, _machine.Small(), PageRights.ReadWrite);
        Space.Unmap(PageRange.One(page));
        Assert.Equal(before, _machine.Memory.Machine.ZeroedFrames);
    }

    [Fact]
    public void Mapping_and_unmapping_takes_nothing_from_the_managed_heap()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        MapStatus status = MapStatus.Mapped;
        long allocated = CountsAllocations.Least(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                status |= _machine.Frames.TryAllocate(PageTableFixture.Data, out Frame frame)
                    ? Space.TryMap(page, PageSize.Small, frame, PageRights.ReadWrite)
                    : MapStatus.OutOfMemory;
                Space.Unmap(PageRange.One(page));
            }
        });
        Assert.Equal(MapStatus.Mapped, status);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_page_is_mapped_once()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        Frame second = _machine.Small();
        Space.TryMap(page, PageSize.Small, _machine.Small(), PageRights.Read);
        Assert.Equal(
            MapStatus.AlreadyMapped,
            Space.TryMap(page, PageSize.Small, second, PageRights.Read));
        Assert.Equal(
            MapStatus.AlreadyMapped,
            Space.TryMap(page.LargeStart, PageSize.Large, _machine.Large(), PageRights.Read));
    }

    [Fact]
    public void Replacing_a_page_frees_the_frame_that_no_one_else_has()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        Frame shared = _machine.Small();
        Assert.True(_machine.Frames.TryHold(shared));
        Space.TryMap(page, PageSize.Small, shared, PageRights.Read);
        Frame copy = _machine.Small();
        Assert.Equal(MapStatus.Mapped, Space.Replace(page, copy, PageRights.ReadWrite));
        Assert.Contains(page, _machine.Memory.Machine.Cache.Pages);
        Assert.Equal(0u, _machine.Frames.MapsOf(shared));
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());

        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(MapStatus.Mapped, Space.Replace(page, shared, PageRights.Read));
        Assert.Equal(free + 1, _machine.Frames.FreeFrames);
        Assert.Equal(MapStatus.Refused, Space.Replace(page, shared, PageRights.ReadExecute));
        _machine.Frames.Drop(shared);
        Assert.True(_machine.AuditReleased().IsSound);
        Assert.Equal(_machine.FreeBefore, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void A_large_page_splits_when_a_part_changes_and_its_parts_are_freed_alone()
    {
        Frame large = _machine.Large();
        PageRange all = PageTableFixture.Pages(0x4000_0000, 512);
        PageRange part = PageTableFixture.Pages(0x4000_3000, 2);
        Space.TryMap(all.First, PageSize.Large, large, PageRights.ReadWrite);
        ulong free = _machine.Frames.FreeFrames;

        Assert.True(Space.TrySplitEdges(part));
        Space.Protect(part, PageRights.Read);
        Assert.Equal(PageRights.Read, RightsAt(0x4000_3000));
        Assert.Equal(PageRights.Read, RightsAt(0x4000_4000));
        Assert.Equal(PageRights.ReadWrite, RightsAt(0x4000_5000));
        Assert.True(Space.TryTranslate(part.First, out Translation found));
        Assert.Equal((large + 3, PageSize.Small), (found.Frame, found.Size));
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());

        Space.Unmap(part);
        Assert.Equal(free - 1 + 2, _machine.Frames.FreeFrames);
        Space.Unmap(all);
        Assert.Equal(_machine.FreeBefore - 1, _machine.Frames.FreeFrames);
        Assert.True(_machine.Frames.TryAllocateLarge(PageTableFixture.Data, out _));
    }

    [Fact]
    public void A_large_frame_that_is_shared_stays_whole_until_its_last_part_is_gone()
    {
        Frame large = _machine.Large();
        PageRange first = PageTableFixture.Pages(0x4000_0000, 512);
        PageRange second = PageTableFixture.Pages(0x8000_0000, 512);
        Space.TryMap(first.First, PageSize.Large, large, PageRights.ReadWrite);
        Space.TryMap(second.First, PageSize.Large, large, PageRights.Read);
        Assert.True(Space.TrySplitEdges(PageTableFixture.Pages(0x4000_1000, 1)));
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());
        ulong free = _machine.Frames.FreeFrames;

        Space.Unmap(PageTableFixture.Pages(0x4000_1000, 1));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Space.Unmap(second);
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());
        Space.Unmap(first);
        Assert.Equal(_machine.FreeBefore - 1, _machine.Frames.FreeFrames);
        Assert.True(_machine.AuditReleased().IsSound);
    }

    [Fact]
    public void Changing_a_part_of_an_unsplit_large_page_is_a_broken_contract()
    {
        Space.TryMap(
            PageTableFixture.PageAt(0x4000_0000), PageSize.Large, _machine.Large(),
            PageRights.Read);
        PageRange part = PageTableFixture.Pages(0x4000_1000, 1);
        Assert.Throws<ContractBrokenException>(() => Space.Unmap(part));
        Assert.Throws<ContractBrokenException>(() => Space.Protect(part, PageRights.None));
    }

    [Fact]
    public void Neighbours_are_mapped_through_one_table()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        Assert.True(Space.TryOpen(page, PageSize.Small, out LeafTable<SimulatedMemory> leaves));
        for (ulong i = 0; i < 8; i++)
        {
            Assert.False(leaves.IsOccupied(page + i));
            Assert.Equal(
                MapStatus.Mapped,
                leaves.TryMap(page + i, _machine.Small(), PageRights.ReadWrite));
        }

        leaves.Close();
        Assert.True(_machine.Audit().IsSound);
        Space.Unmap(PageRange.Of(page, PageCount.Of(8)));
        Assert.Equal(_machine.FreeBefore - 1, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void A_neighbourhood_that_is_left_empty_costs_nothing()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        Assert.True(Space.TryOpen(page, PageSize.Small, out LeafTable<SimulatedMemory> leaves));
        leaves.Close();
        Assert.Equal(_machine.FreeBefore - 1, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void A_map_that_runs_out_of_frames_part_way_leaves_nothing_behind()
    {
        for (ulong left = 0; left < 3; left++)
        {
            Frame frame = _machine.Small();
            ulong kept = _machine.Frames.FreeFrames - left;
            Assert.True(_machine.Frames.TryReserve(kept));
            Assert.Equal(
                MapStatus.OutOfMemory,
                Space.TryMap(
                    PageTableFixture.PageAt(Somewhere), PageSize.Small, frame, PageRights.Read));
            Assert.Equal(kept + left, _machine.Frames.FreeFrames);
            _machine.Frames.Unreserve(kept);
            _machine.Frames.Discard(frame);
            Assert.True(_machine.Audit().IsSound);
        }
    }

    [Fact]
    public void Many_stale_pages_are_forgotten_at_once()
    {
        for (ulong i = 0; i < 100; i++)
        {
            Space.TryMap(
                PageTableFixture.PageAt(Somewhere) + i, PageSize.Small, _machine.Small(),
                PageRights.Read);
        }

        Assert.Equal(0, _machine.Memory.Machine.Cache.Spaces);
        Space.Unmap(PageTableFixture.Pages(Somewhere, 100));
        Assert.Equal(1, _machine.Memory.Machine.Cache.Spaces);
        Assert.True(_machine.Memory.Machine.Cache.Pages.Count < 40);
    }

    [Fact]
    public void A_program_is_reached_only_as_its_pages_allow()
    {
        Page page = PageTableFixture.PageAt(Somewhere);
        Frame frame = _machine.Small();
        Space.TryMap(page, PageSize.Small, frame, PageRights.Read);
        Assert.True(Space.TryReach(page, Access.Read, out Frame reached));
        Assert.Equal(frame, reached);
        Assert.False(Space.TryReach(page, Access.Write, out _));
        Space.Protect(PageRange.One(page), PageRights.None);
        Assert.False(Space.TryReach(page, Access.Read, out _));
        Assert.True(Space.TryTranslate(page, out Translation hidden));
        Assert.Equal(frame, hidden.Frame);
        Space.Protect(PageRange.One(page), PageRights.ReadWrite);
        Assert.True(Space.TryReach(page, Access.Write, out _));
    }

    [Fact]
    public void The_kernel_half_is_the_same_in_all_spaces_and_cannot_outgrow_them()
    {
        _machine.Frames.TryAllocate(MemOS.Memory.Frames.FrameUse.Kernel, out Frame frame);
        Page page = _machine.KernelPages.First + 5;
        Assert.Equal(
            MapStatus.Mapped,
            _machine.Kernel.TryMap(page, PageSize.Small, frame, PageRights.ReadWrite));
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());
        _machine.Kernel.Unmap(_machine.KernelPages);
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());
        Page elsewhere = PageTableFixture.PageAt(0xFFFF_C000_0000_0000);
        Assert.Throws<ContractBrokenException>(
            () => _machine.Kernel.TryMap(elsewhere, PageSize.Small, frame, PageRights.Read));
        Assert.Throws<ContractBrokenException>(
            () => Space.TryMap(page, PageSize.Small, frame, PageRights.Read));
    }

    [Fact]
    public void A_device_is_mapped_uncached_and_not_counted_and_ram_is_no_device()
    {
        PageRange window = PageTableFixture.Pages(0x4000_0000, 600);
        Frame device = Frame.Of(0xF_E000);
        Assert.Equal(
            MapStatus.Mapped,
            Space.TryMapUncounted(window, device, PageRights.ReadWrite, CacheKind.Uncached));
        Assert.True(Space.TryTranslate(window.Last, out Translation found));
        Assert.Equal((device + 599, CacheKind.Uncached), (found.Frame, found.Cache));
        Assert.True(_machine.Audit().IsSound, _machine.Audit().ToString());
        Assert.Equal(
            MapStatus.Refused,
            Space.TryMapUncounted(
                PageTableFixture.Pages(0x8000_0000, 1), Frame.Of(8), PageRights.Read,
                CacheKind.Uncached));
        Space.Unmap(window);
        Assert.Equal(_machine.FreeBefore - 1, _machine.Frames.FreeFrames);
    }

    private PageRights RightsAt(ulong address)
    {
        Assert.True(Space.TryTranslate(PageTableFixture.PageAt(address), out Translation found));
        return found.Rights;
    }
}
