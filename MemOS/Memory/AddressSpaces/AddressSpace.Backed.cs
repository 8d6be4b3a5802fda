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
        SegmentRegion<TMemory> mapping, BackedSegment<TMemory> backed, Page page, Access access,
        ref WorkBudget budget)
    {
        if (backed.Service == BackedService.Accesses)
        {
            return FaultOutcome.Served;
        }

        if (!backed.TryFind(mapping.IndexOf(page), out Frame frame, out _))
        {
            return FaultOutcome.Parked;
        }

        if (access == Access.Write && mapping.IsCopyOnWrite)
        {
            return GiveOwn(mapping, backed, page, ref budget);
        }

        if (IsThere(page))
        {
            OwnPathToWrite(page, access);
            return FaultOutcome.Resumed;
        }

        Frame table = TableFor(page);
        if (table != default && !Table.IsSet(table, page, PageSize.Small))
        {
            SetShared(mapping, table, page, PageSize.Small, frame);
        }

        return FaultOutcome.Resumed;
    }
}
