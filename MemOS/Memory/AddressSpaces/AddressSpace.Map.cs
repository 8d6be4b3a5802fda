using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>Mapping segments.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Maps a part of a segment at a random place (MAP_AMS). Whoever asks has the segment, and the
    /// rights are within what it was given.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="part">Which of its pages.</param>
    /// <param name="rights">What may be done with them through this mapping.</param>
    /// <param name="mode">Mutual or CopyOnWrite.</param>
    /// <param name="budget">
    /// How much may be done now to make code of what is there. The rest is done when a mapping of
    /// the segment is used first.
    /// </param>
    /// <param name="range">Where it is.</param>
    /// <returns>
    /// Done, BeyondSegment, NoSpace, OutOfMemory, or Refused: some frame would be writable and
    /// executable, or the segment can't be used so.
    /// </returns>
    public VmStatus MapSegment(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode,
        ref WorkBudget budget, out PageRange range)
    {
        VmStatus status = CheckMapping(segment, part, rights, mode);
        range = default;
        if (status != VmStatus.Done)
        {
            return status;
        }

        // So that large pages of the segment can be large here.
        ulong lead = part.Count.Value < PageSizes.SmallInLarge
            ? 0
            : (segment.Lead + part.Offset.Value) & (PageSizes.SmallInLarge - 1);
        PageSize size = part.Count.Value < PageSizes.SmallInLarge
            ? PageSize.Small
            : PageSize.Large;
        if (part.Count.Value > _regions.Bounds.Count.Value - lead || !Placement.TryPlace(
            _regions, _random, PageCount.Of(part.Count.Value + lead), size, out range,
            out Spot spot))
        {
            return VmStatus.NoSpace;
        }

        range = PageRange.Known(range.First.Number + lead, range.EndNumber);
        return AddMapping(segment, part, rights, mode, range, spot, ref budget);
    }

    /// <summary>The same in one step.</summary>
    public VmStatus MapSegment(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode,
        out PageRange range)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return MapSegment(segment, part, rights, mode, ref budget, out range);
    }

    /// <summary>Maps a part of a segment at a place of the caller's choice (MAP_AMS).</summary>
    /// <returns>
    /// As MapSegment, or Unaligned, StartOutOfRange, EndOutOfRange, Occupied.
    /// </returns>
    public VmStatus MapSegmentAt(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode,
        VirtualAddress start, ref WorkBudget budget)
    {
        VmStatus status = CheckMapping(segment, part, rights, mode);
        if (status != VmStatus.Done)
        {
            return status;
        }

        if (!start.IsPageAligned)
        {
            return VmStatus.Unaligned;
        }

        PageRange bounds = _regions.Bounds;
        ulong from = start.Page.Number;
        if (!bounds.Contains(start.Page))
        {
            return VmStatus.StartOutOfRange;
        }

        if (part.Count.Value > bounds.EndNumber - from)
        {
            return VmStatus.EndOutOfRange;
        }

        PageRange range = PageRange.Known(from, from + part.Count.Value);
        return _regions.IsFree(range, out Spot spot)
            ? AddMapping(segment, part, rights, mode, range, spot, ref budget)
            : VmStatus.Occupied;
    }

    /// <summary>The same in one step.</summary>
    public VmStatus MapSegmentAt(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode,
        VirtualAddress start)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return MapSegmentAt(segment, part, rights, mode, start, ref budget);
    }

    /// <summary>
    /// The mapping of a segment in this space that was made last; false if there is none.
    /// </summary>
    public bool TryFindMapping(Segment<TMemory> segment, out PageRange range)
    {
        SegmentRegion<TMemory>? mapping = _bySegment.Last(segment);
        range = mapping?.Range ?? default;
        return mapping is not null;
    }

    private static VmStatus CheckMapping(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode)
    {
        Ensure.That(segment.IsInUse, "only who has a segment maps it");
        Ensure.That(mode != MappingMode.Original, "only capturing makes an original mapping");
        if (!part.LiesWithin(segment.Pages))
        {
            return VmStatus.BeyondSegment;
        }

        return segment.CanMap(rights, mode) ? VmStatus.Done : VmStatus.Refused;
    }

    private VmStatus AddMapping(
        Segment<TMemory> segment, SegmentPart part, PageRights rights, MappingMode mode,
        PageRange range, in Spot spot, ref WorkBudget budget)
    {
        if (!TryChargeMapping())
        {
            return VmStatus.OverLimit;
        }

        // Without a wish to write there is nothing to copy.
        SegmentRegion<TMemory> mapping = new(
            range, rights, RegionKind.Other, this, segment, part.Offset,
            rights.CanWrite ? mode : MappingMode.Mutual);
        ulong pages = mapping.CopiesNeeded;
        ulong tables = TablesFor(range, spot);
        VmStatus status = _promise.Make(pages, tables);
        if (status != VmStatus.Done)
        {
            ReturnMapping();
            return status;
        }

        if (rights.CanExecute && !segment.TryMakeExecutable())
        {
            _promise.Open();
            _promise.End(pages, tables);
            _promise.Close();
            ReturnMapping();
            return VmStatus.OutOfMemory;
        }

        segment.TryGoOnSealing(ref budget);
        _regions.Insert(mapping, spot);
        Add(mapping);
        if (segment is DeviceSegment<TMemory> device)
        {
            MapDevice(device, mapping);
        }

        return VmStatus.Done;
    }

    // It is among the regions, and has its weight by that.
    private void Add(SegmentRegion<TMemory> mapping)
    {
        _mappings++;
        mapping.Segment.Add(mapping);
        _bySegment.Add(mapping);
    }

    private void MapDevice(DeviceSegment<TMemory> device, SegmentRegion<TMemory> mapping)
    {
        _promise.Open();
        MapStatus status = Table.TryMapUncounted(
            mapping.Range, device.Memory.First + mapping.Offset.Value, mapping.Rights,
            device.Cache);
        Ensure.That(status == MapStatus.Mapped, "a device is not RAM, and tables are promised");
        _promise.Close();
    }
}
