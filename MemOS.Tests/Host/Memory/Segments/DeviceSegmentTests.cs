using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Segments;

public sealed class DeviceSegmentTests
{
    private const ulong FirstFrame = 0xFD00 * 16;
    private readonly SpaceMachine _machine = new(2048);
    private readonly AddressSpace<SimulatedMemory> _space;

    public DeviceSegmentTests() => _space = _machine.Create();

    [Theory]
    [InlineData(CacheKind.Uncached)]
    [InlineData(CacheKind.WriteCombining)]
    public void A_device_is_mapped_from_the_beginning_as_it_wants_to_be_cached(CacheKind cache)
    {
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame + 5, 3, cache);
        PageRange range = _space.Map(device);
        for (ulong i = 0; i < 3; i++)
        {
            Assert.True(_space.Table.TryTranslate(range.First + i, out Translation found));
            Assert.Equal(Frame.Of(FirstFrame + 5 + i), found.Frame);
            Assert.Equal(cache, found.Cache);
            Assert.Equal(PageRights.ReadWrite, found.Rights);
            Assert.False(found.IsCounted);
        }

        Assert.Equal(FaultOutcome.Resumed, _space.Touch(range.First));
        Assert.Equal(FaultOutcome.Denied, _space.Touch(range.First, Access.Execute));
        Assert.Equal(0ul, _space.ResidentPages);
        _machine.Audit(_space);
    }

    [Fact]
    public void Large_pages_come_where_the_device_has_them()
    {
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame + 500, 1100, CacheKind.Uncached);
        PageRange range = _space.Map(device);
        Assert.Equal(PageSize.Small, _space.SizeAt(range.First));
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First + 12));
        Assert.Equal(PageSize.Large, _space.SizeAt(range.First + 12 + 1023));
        Assert.Equal(PageSize.Small, _space.SizeAt(range.Last));
        _machine.Audit(_space);
    }

    [Fact]
    public void A_part_of_it_is_mapped_to_read()
    {
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame, 10, CacheKind.Uncached);
        VmStatus status = _space.MapSegment(
            device, SegmentFixture.Part(7, 2), PageRights.Read, MappingMode.Mutual,
            out PageRange range);
        Assert.Equal(VmStatus.Done, status);
        Assert.True(_space.Table.TryTranslate(range.First, out Translation found));
        Assert.Equal(Frame.Of(FirstFrame + 7), found.Frame);
        Assert.Equal(FaultOutcome.Denied, _space.Touch(range.First));
        _machine.Audit(_space);
    }

    [Fact]
    public void It_is_never_executed_and_never_copied()
    {
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame, 10, CacheKind.Uncached);
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(device, PageRights.ReadExecute, MappingMode.Mutual, out _));
        Assert.Equal(
            VmStatus.Refused,
            _space.TryMap(device, PageRights.ReadWrite, MappingMode.CopyOnWrite, out _));
        Assert.Equal(
            VmStatus.Refused,
            device.Share(new SegmentShare(PageRights.ReadExecute, MappingMode.Mutual)));
        Assert.Equal(
            VmStatus.Refused,
            device.Share(new SegmentShare(PageRights.ReadWrite, MappingMode.CopyOnWrite)));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(2047, 1)]
    [InlineData(2000, 100)]
    public void It_is_never_RAM(ulong first, ulong count) =>
        Assert.Equal(
            VmStatus.Refused,
            DeviceSegment<SimulatedMemory>.TryCreate(
                _machine.Frames, FrameRange.Of(Frame.Of(first), count), CacheKind.Uncached,
                _space.Purse, out _));

    [Fact]
    public void The_kernel_does_not_reach_it_for_a_program()
    {
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame, 10, CacheKind.Uncached);
        PageRange range = _space.Map(device);
        Assert.Equal(FaultOutcome.Denied, _space.Reach(range.First.Start, Access.Read, out _));
        Assert.Equal(FaultOutcome.Denied, _space.Reach(range.Last.Start, Access.Write, out _));
    }

    [Fact]
    public void It_is_shared_and_unmapped_like_any_segment()
    {
        ulong free = _machine.Frames.FreeFrames;
        DeviceSegment<SimulatedMemory> device = Make(FirstFrame, 600, CacheKind.Uncached);
        SegmentShare share = new(PageRights.ReadWrite, MappingMode.Mutual);
        Assert.Equal(VmStatus.Done, device.Share(share));
        _space.Map(device);
        _space.Map(device);
        device.EndOwner();
        Assert.Equal(VmStatus.Done, _space.UnmapSegment(device));
        Assert.False(device.HasEnded);
        device.EndShare(share);
        Assert.True(device.HasEnded);
        Assert.Equal(free, _machine.Frames.FreeFrames);
        _machine.Audit(_space);
    }

    private DeviceSegment<SimulatedMemory> Make(ulong first, ulong count, CacheKind cache)
    {
        VmStatus status = DeviceSegment<SimulatedMemory>.TryCreate(
            _machine.Frames, FrameRange.Of(Frame.Of(first), count), cache, _space.Purse,
            out DeviceSegment<SimulatedMemory>? device);
        Assert.Equal(VmStatus.Done, status);
        return device!;
    }
}
