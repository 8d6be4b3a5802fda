using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>The check of mappings of segments.</content>
public sealed partial class AddressSpace<TMemory>
{
    private SpaceRule AuditMapping(
        SegmentRegion<TMemory> mapping, out ulong resident, ref ulong own)
    {
        resident = 0;
        ulong shared = 0;
        ulong at = mapping.FirstNumber;
        while (Table.TryFindMapped(
            at, mapping.EndNumber, out Page page, out Translation found))
        {
            ulong pages = found.Size.SmallPages();
            if (page.Number + pages > mapping.EndNumber)
            {
                return SpaceRule.MappedInRegions;
            }

            if (mapping.Segment is PageSegment<TMemory> taker
                && taker.IsToBeTaken(mapping, page))
            {
                if (!found.IsOwn || !HasRights(found, mapping.Rights))
                {
                    return SpaceRule.PagesOfSegment;
                }

                own += FramesFor(mapping.Rights, pages);
                resident += pages;
                at = page.Number + pages;
                continue;
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

            own += isOwn ? pages : 0;
            shared += isOfSegment ? pages : 0;
            resident += found.IsCounted ? pages : 0;
            at = page.Number + pages;
        }

        if (mapping.IsEnding)
        {
            return SpaceRule.Sound;
        }

        bool isDevice = IsDevice(mapping);
        if (shared == (isDevice ? mapping.Range.Count.Value : mapping.SegmentPages))
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
