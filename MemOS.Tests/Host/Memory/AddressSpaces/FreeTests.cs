using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

public sealed class FreeTests
{
    private readonly SpaceMachine _machine = new(400);
    private readonly AddressSpace<SimulatedMemory> _space;

    public FreeTests() => _space = _machine.Create();

    [Fact]
    public void What_was_freed_is_gone_and_its_frames_are_free()
    {
        ulong before = _machine.Frames.FreeFrames;
        PageRange range = _space.Allocate(10);
        _space.TouchAll(range);
        Assert.Equal(VmStatus.Done, _space.Free(range));
        Assert.Equal(before, _machine.Frames.FreeFrames);
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
        Assert.Equal(0, _space.RegionCount);
        Assert.Equal(FaultOutcome.Denied, _space.Touch(range.First));
        Assert.Equal(VmStatus.NotAllocated, _space.Free(range));
    }

    [Fact]
    public void A_freed_page_is_forgotten_by_the_processor_before_its_frame_is_used()
    {
        PageRange range = _space.Allocate(3);
        _space.TouchAll(range);
        _machine.Memory.Machine.Cache.Reset();
        _space.Free(PageRange.One(range.First + 1));
        Assert.Contains(range.First + 1, _machine.Memory.Machine.Cache.Pages);
    }

    // Up to a number of pages they are forgotten one by one, above it all at once.
    [Fact]
    public void However_many_pages_are_freed_no_processor_remembers_one()
    {
        for (ulong pages = 1; pages <= 70; pages++)
        {
            PageRange range = _space.Allocate(pages + 1);
            _space.TouchAll(range);
            PageRange part = PageRange.Of(range.First, PageCount.Of(pages));
            Assert.Equal(VmStatus.Done, _space.Free(part));
            _machine.Audit(_space);
            Assert.Equal(VmStatus.Done, _space.Free(PageRange.One(range.Last)));
            _machine.Audit(_space);
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(4, 2)]
    [InlineData(8, 2)]
    [InlineData(9, 1)]
    public void A_part_of_a_region_can_be_freed(ulong first, ulong count)
    {
        PageRange range = _space.Allocate(10);
        _space.TouchAll(range);
        Assert.Equal(VmStatus.Done, _space.Free((range.First + first).Start, count));
        for (ulong i = 0; i < 10; i++)
        {
            bool isGone = i >= first && i < first + count;
            FaultOutcome expected = isGone ? FaultOutcome.Denied : FaultOutcome.Resumed;
            Assert.Equal(expected, _space.Touch(range.First + i));
        }

        Assert.Equal(first is 0 or >= 8 ? 1 : 2, _space.RegionCount);
        Assert.Equal(10 - count, _space.ResidentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void Regions_side_by_side_can_be_freed_at_once()
    {
        PageRange image = Image(30);
        Add(image, 0, 10, PageRights.ReadWrite);
        Add(image, 10, 10, PageRights.Read);
        Add(image, 20, 10, PageRights.ReadExecute);
        Assert.Equal(VmStatus.Done, _space.Free((image.First + 5).Start, 20));
        Assert.Equal(2, _space.RegionCount);
        _machine.Audit(_space);
    }

    [Fact]
    public void A_hole_between_regions_is_not_allocated()
    {
        PageRange image = Image(30);
        Add(image, 0, 10, PageRights.ReadWrite);
        Add(image, 11, 10, PageRights.ReadWrite);
        ulong promised = _space.PromisedFrames;
        Assert.Equal(VmStatus.NotAllocated, _space.Free((image.First + 5).Start, 10));
        Assert.Equal(VmStatus.NotAllocated, _space.Free((image.First + 5).Start, 6));
        Assert.Equal(VmStatus.NotAllocated, _space.Free((image.First + 10).Start, 2));
        Assert.Equal(2, _space.RegionCount);
        Assert.Equal(promised, _space.PromisedFrames);
        Assert.Equal(VmStatus.Done, _space.Free((image.First + 5).Start, 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(4095)]
    public void A_start_within_a_page_is_unaligned(ulong offset)
    {
        PageRange range = _space.Allocate(2);
        Assert.Equal(VmStatus.Unaligned, _space.Free(range.First.Start + offset, 1));
        Assert.Equal(1, _space.RegionCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xF000)]
    [InlineData(0x7FFF_FFFF_F000)]
    [InlineData(0x8000_0000_0000)]
    [InlineData(0xFFFF_8000_0000_0000)]
    [InlineData(0xFFFF_FFFF_FFFF_F000)]
    public void A_start_that_no_program_can_have_is_out_of_range(ulong start) =>
        Assert.Equal(VmStatus.StartOutOfRange, _space.Free(VirtualAddress.Create(start), 1));

    [Theory]
    [InlineData(0)]
    [InlineData(1ul << 35)]
    [InlineData(1ul << 52)]
    [InlineData(ulong.MaxValue)]
    public void An_end_that_no_program_can_have_is_out_of_range(ulong pages)
    {
        PageRange range = _space.Allocate(2);
        Assert.Equal(VmStatus.EndOutOfRange, _space.Free(range.First.Start, pages));
        Assert.Equal(1, _space.RegionCount);
    }

    [Fact]
    public void The_very_last_page_that_a_program_can_have_is_in_range()
    {
        VirtualAddress last = VirtualAddress.Create(0x7FFF_FFFF_E000);
        Assert.Equal(VmStatus.NotAllocated, _space.Free(last, 1));
        Assert.Equal(VmStatus.EndOutOfRange, _space.Free(last, 2));
        Assert.Equal(VmStatus.NotAllocated, _space.Free(VirtualAddress.Create(0x1_0000), 1));
    }

    [Fact]
    public void Stacks_guards_and_images_are_not_the_programs_to_free()
    {
        _space.AllocateGuarded(PageCount.Of(4), RegionKind.Stack, out PageRange stack);
        Assert.Equal(VmStatus.NotAllocated, _space.Free(stack));
        Assert.Equal(VmStatus.NotAllocated, _space.Free(stack.First.Start + 0x4000, 1));
        PageRange image = Image(4);
        _space.AllocateAt(image, PageRights.ReadWrite, RegionKind.Data);
        Assert.Equal(VmStatus.NotAllocated, _space.Free(image));
        _space.AllocateGuarded(PageCount.Of(1), RegionKind.Allocation, out PageRange heap);
        Assert.Equal(VmStatus.NotAllocated, _space.Free(heap.First.Start, 2));
        Assert.Equal(VmStatus.Done, _space.Free(heap));
        _machine.Audit(_space);
    }

    [Fact]
    public void Freeing_works_when_there_is_no_memory_left_also_in_the_middle()
    {
        PageRange range = _space.Allocate(20);
        _space.TouchAll(range);
        _space.Allocate(50);
        _machine.TakeAll();
        Assert.Equal(VmStatus.Done, _space.Free(PageRange.One(range.First + 10)));
        Assert.Equal(1ul, _machine.Available);
        Assert.Equal(VmStatus.Done, _space.Free(PageRange.One(range.First + 5)));
        Assert.Equal(2ul, _machine.Available);
        _machine.Audit(_space);
    }

    private PageRange Image(ulong pages)
    {
        Assert.Equal(
            VmStatus.Done, _space.PlaceImage(PageCount.Of(pages), out PageRange image));
        return image;
    }

    private void Add(PageRange image, ulong first, ulong count, PageRights rights) =>
        Assert.Equal(
            VmStatus.Done,
            _space.AllocateAt(
                PageRange.Of(image.First + first, PageCount.Of(count)), rights,
                RegionKind.Allocation));
}
