using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The rules of mappings of segments, for audits.</content>
public sealed partial class AddressSpace<TMemory>
{
    private SpaceRule CheckPageOfMapping(
        SegmentRegion<TMemory> mapping, Page page, in Translation found, ref RegionTally met)
    {
        ulong pages = found.Size.SmallPages();
        if (mapping.Segment is PageSegment<TMemory> taker && taker.IsToBeTaken(mapping, page))
        {
            met.Own += FramesFor(mapping.Rights, pages);
            met.Resident += pages;
            return found.IsOwn && HasRights(found, mapping.Rights)
                ? SpaceRule.Sound
                : SpaceRule.PagesOfSegment;
        }

        bool isOwn = mapping.IsCopyOnWrite && found.IsOwn;
        if (!HasRights(found, isOwn ? mapping.Rights : mapping.SharedRights))
        {
            return SpaceRule.RightsOfRegion;
        }

        bool isOfSegment = IsOfSegment(mapping, page, found);
        if (isOwn == isOfSegment || isOwn != found.IsOwn)
        {
            return SpaceRule.PagesOfSegment;
        }

        met.Own += isOwn ? pages : 0;
        met.Shared += isOfSegment ? pages : 0;
        met.Resident += found.IsCounted ? pages : 0;
        return SpaceRule.Sound;
    }

    private static SpaceRule CheckWholeMapping(
        SegmentRegion<TMemory> mapping, in RegionTally met)
    {
        if (mapping.IsEnding)
        {
            return SpaceRule.Sound;
        }

        bool isDevice = IsDevice(mapping);
        if (met.Shared == (isDevice ? mapping.Range.Count.Value : mapping.SegmentPages))
        {
            return SpaceRule.Sound;
        }

        return isDevice ? SpaceRule.MappedInRegions : SpaceRule.PagesOfSegment;
    }

    private static bool IsOfSegment(
        SegmentRegion<TMemory> mapping, Page page, in Translation found)
    {
        ulong index = mapping.IndexOf(page);
        if (mapping.Segment is DeviceSegment<TMemory> device)
        {
            Frame frame = device.Memory.First + (index - device.Lead);
            return found.Frame == frame && !found.IsCounted && found.Cache == device.Cache;
        }

        if (mapping.Segment is BackedSegment<TMemory> backed)
        {
            return backed.TryFind(index, out Frame supplied, out _) && found.Frame == supplied
                && found.Size == PageSize.Small && found.IsCounted;
        }

        return mapping.Segment is PageSegment<TMemory> pages
            && pages.TryFind(index, out Frame expected, out PageSize size)
            && found.Frame == expected && size >= found.Size && found.IsCounted;
    }
}
