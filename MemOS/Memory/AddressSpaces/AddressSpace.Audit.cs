using System.Collections.Generic;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The check of a whole space.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Checks every invariant of the space and names the first that is broken. It looks at every
    /// page of every region and uses the managed heap, so it is for tests and for the shell. Use
    /// it together with <see cref="PageTableAudit"/>, which knows frames and tables.
    /// </summary>
    public SpaceRule Audit()
    {
        SpaceRule tree = _regions.Check();
        if (tree != SpaceRule.Sound)
        {
            return tree;
        }

        if (!Table.RecallsRightly())
        {
            return SpaceRule.TableRecalled;
        }

        ulong mapped = 0;
        ulong needed = 0;
        ulong own = 0;
        HashSet<(int, ulong)> tables = [];
        Region? region = _regions.FirstEndingAbove(0);
        while (region is not null)
        {
            SpaceRule rule = AuditRegion(region, out ulong resident, ref own);
            if (rule != SpaceRule.Sound)
            {
                return rule;
            }

            mapped += resident;
            needed += region.IsDemand ? FramesFor(region.Rights, region.Range.Count.Value) : 0;
            needed += region is SegmentRegion<TMemory> mapping ? NeededBy(mapping) : 0;
            AddTables(tables, region);
            region = RegionTree.Next(region);
        }

        if (mapped != Table.ResidentPages)
        {
            return SpaceRule.MappedInRegions;
        }

        bool isKept = _promise.All <= _frames.ReservedFrames;
        bool isWhole = Table.Family.WasForked || own == Table.Family.FramesTaken;
        if (needed != _promise.Pages || !isKept || !isWhole)
        {
            return SpaceRule.PagesPromised;
        }

        return (ulong)tables.Count == _promise.Tables
            ? SpaceRule.Sound
            : SpaceRule.TablesPromised;
    }

    // Of a mapping whose pages are being taken over, the space answers for the rest.
    private static ulong NeededBy(SegmentRegion<TMemory> mapping) => mapping.CopiesNeeded
        + (mapping.Segment is PageSegment<TMemory> pages
            ? FramesFor(mapping.Rights, pages.PagesToTake(mapping))
            : 0);

    private SpaceRule AuditRegion(Region region, out ulong resident, ref ulong own)
    {
        resident = 0;
        if (region is SegmentRegion<TMemory> mapping)
        {
            return AuditMapping(mapping, out resident, ref own);
        }

        ulong at = region.FirstNumber;
        while (at < region.EndNumber)
        {
            Page page = Page.Known(at);
            if (!Table.TryTranslate(page, out Translation found))
            {
                at++;
                continue;
            }

            ulong end = found.Size == PageSize.Large ? page.LargeStart.Number + 512 : at + 1;
            bool isInside = end <= region.EndNumber
                && (found.Size == PageSize.Small || page.IsLargeAligned);
            if (region.Backing == Backing.None || !isInside)
            {
                return SpaceRule.MappedInRegions;
            }

            if (!HasRights(found, region.Rights) || found.IsOwn != region.IsDemand)
            {
                return SpaceRule.RightsOfRegion;
            }

            resident += end - at;
            at = end;
        }

        own += region.IsDemand ? FramesFor(region.Rights, resident) : 0;

        bool isComplete = resident == region.Range.Count.Value;
        return region.Backing == Backing.Shared && !isComplete
            ? SpaceRule.MappedInRegions
            : SpaceRule.Sound;
    }

    // After a fork the right to write may be missing until the next write.
    private bool HasRights(in Translation found, PageRights rights) =>
        found.Rights == rights
            || (Table.Family.WasForked && found.Rights == rights.WithoutWrite());

    private void AddTables(HashSet<(int Level, ulong Number)> tables, Region region)
    {
        for (int level = 1; level < Table.Width.Levels(); level++)
        {
            int shift = level * 9;
            ulong last = (region.EndNumber - 1) >> shift;
            for (ulong i = region.FirstNumber >> shift; i <= last; i++)
            {
                tables.Add((level, i));
            }
        }
    }
}
