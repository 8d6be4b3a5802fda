using MemOS.Memory.Addresses;
using MemOS.Memory.Faults;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>
/// The fault path for mappings of segments that are served by a backer. It allocates no managed
/// memory.
/// </content>
public sealed partial class AddressSpace<TMemory>
{
    // Maps what was supplied; what was not is not waited for here. Who writes a page that is not
    // there has to have it supplied first, also to copy it.
    private FaultOutcome GiveBacked(
        SegmentRegion<TMemory> mapping, BackedSegment<TMemory> backed, Page page, Access access)
    {
        if (backed.Service == BackedService.Accesses)
        {
            return FaultOutcome.Served;
        }

        bool isMapped = Table.TryTranslate(page, out Translation found);
        bool wantsOwn = access == Access.Write && mapping.IsCopyOnWrite;
        if (isMapped && (!wantsOwn || found.Rights.CanWrite))
        {
            return FaultOutcome.Resumed;
        }

        if (isMapped)
        {
            ReplaceByCopy(mapping, page, found);
            return FaultOutcome.Resumed;
        }

        if (!backed.TryFind(mapping.IndexOf(page), out Frame frame))
        {
            return FaultOutcome.Parked;
        }

        if (wantsOwn)
        {
            Frame copy = CopyOf(mapping, frame);
            SetNew(TableFor(page), page, PageSize.Small, copy, mapping.Rights);
        }
        else
        {
            SetShared(mapping, TableFor(page), page, PageSize.Small, frame);
        }

        return FaultOutcome.Resumed;
    }
}
