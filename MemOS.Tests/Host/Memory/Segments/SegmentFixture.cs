using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Segments;

/// <summary>What the tests of single rules do with segments.</summary>
internal static class SegmentFixture
{
    public static PageSegment<SimulatedMemory> Capture(
        this AddressSpace<SimulatedMemory> space, PageRange range)
    {
        VmStatus status = space.Capture(
            range.First.Start, range.Count.Value, out PageSegment<SimulatedMemory>? segment);
        Assert.Equal(VmStatus.Done, status);
        return segment!;
    }

    public static SegmentPart All(this Segment<SimulatedMemory> segment) =>
        new(default, segment.Pages);

    public static SegmentPart Part(ulong offset, ulong count) =>
        new(PageCount.Of(offset), PageCount.Of(count));

    public static PageRange Map(
        this AddressSpace<SimulatedMemory> space, Segment<SimulatedMemory> segment,
        PageRights? rights = null, MappingMode mode = MappingMode.Mutual)
    {
        VmStatus status = space.TryMap(segment, rights, mode, out PageRange range);
        Assert.Equal(VmStatus.Done, status);
        Assert.Equal(segment.Pages, range.Count);
        return range;
    }

    public static VmStatus TryMap(
        this AddressSpace<SimulatedMemory> space, Segment<SimulatedMemory> segment,
        PageRights? rights, MappingMode mode, out PageRange range) =>
        space.MapSegment(
            segment, segment.All(), rights ?? PageRights.ReadWrite, mode, out range);
}
