using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The rules of a space, for audits: see <see cref="SpaceAudit{TMemory}"/>.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>The regions.</summary>
    internal RegionTree Regions => _regions;

    /// <summary>Whether a page table is where a fault would find it.</summary>
    internal SpaceRule CheckRecall() =>
        Table.RecallsRightly() ? SpaceRule.Sound : SpaceRule.TableRecalled;

    /// <summary>Checks a page of a region, or a large one, that is mapped.</summary>
    /// <param name="region">The region.</param>
    /// <param name="page">The page, or the first of the large one that lies in the region.</param>
    /// <param name="found">What is mapped.</param>
    /// <param name="met">What was met of the region so far.</param>
    internal SpaceRule CheckPage(
        Region region, Page page, in Translation found, ref RegionTally met)
    {
        bool isInside = found.Size == PageSize.Small
            || (page.IsLargeAligned
                && page.Number + PageSizes.SmallInLarge <= region.EndNumber);
        if (region.Backing == Backing.None || !isInside)
        {
            return SpaceRule.MappedInRegions;
        }

        if (region is SegmentRegion<TMemory> mapping)
        {
            return CheckPageOfMapping(mapping, page, found, ref met);
        }

        if (!HasRights(found, region.Rights) || found.IsOwn != region.IsDemand)
        {
            return SpaceRule.RightsOfRegion;
        }

        met.Resident += found.Size.SmallPages();
        return SpaceRule.Sound;
    }

    /// <summary>Checks a region all of whose pages were met.</summary>
    internal SpaceRule CheckWhole(Region region, in RegionTally met)
    {
        if (region is SegmentRegion<TMemory> mapping)
        {
            return CheckWholeMapping(mapping, met);
        }

        bool isComplete = met.Resident == region.Range.Count.Value;
        return region.Backing == Backing.Shared && !isComplete
            ? SpaceRule.MappedInRegions
            : SpaceRule.Sound;
    }

    /// <summary>Frames that a region can need for pages, there or not.</summary>
    internal ulong FramesNeeded(Region region)
    {
        if (region is SegmentRegion<TMemory> mapping)
        {
            return NeededBy(mapping);
        }

        return region.IsDemand ? FramesFor(region.Rights, region.Range.Count.Value) : 0;
    }

    /// <summary>Those of them that are there.</summary>
    internal ulong FramesTaken(Region region, in RegionTally met)
    {
        if (region is SegmentRegion<TMemory>)
        {
            return met.Own;
        }

        return region.IsDemand ? FramesFor(region.Rights, met.Resident) : 0;
    }

    /// <summary>Compares what all regions have and need with what is counted and kept.</summary>
    internal SpaceRule CheckPromises(in SpaceTally met)
    {
        if (met.Resident != Table.ResidentPages)
        {
            return SpaceRule.MappedInRegions;
        }

        bool isKept = _promise.All <= _frames.ReservedFrames;
        bool isWhole = Table.Family.WasForked || met.FramesTaken == Table.Family.FramesTaken;
        if (met.FramesNeeded != _promise.Pages || !isKept || !isWhole)
        {
            return SpaceRule.PagesPromised;
        }

        return met.TablesNeeded == _promise.Tables
            ? SpaceRule.Sound
            : SpaceRule.TablesPromised;
    }

    // Of a mapping whose pages are being taken over, the space answers for the rest.
    private static ulong NeededBy(SegmentRegion<TMemory> mapping) => mapping.CopiesNeeded
        + (mapping.Segment is PageSegment<TMemory> pages
            ? FramesFor(mapping.Rights, pages.PagesToTake(mapping))
            : 0);

    // After a fork the right to write may be missing until the next write.
    private bool HasRights(in Translation found, PageRights rights) =>
        found.Rights == rights
            || (Table.Family.WasForked && found.Rights == rights.WithoutWrite());
}
