using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <content>
/// Unmapping segments. It needs no memory. What has many pages goes in pieces; a mapping of which
/// some are gone lets nobody at the others.
/// </content>
public sealed partial class AddressSpace<TMemory>
{
    // About what it takes to take a mapping out, in instructions.
    private const ulong UnmappingCost = 5_000;

    /// <summary>
    /// Unmaps one mapping of a segment (UNMAP_AMS), also the pages that it was made of. The segment
    /// ends with its last mapping if no one has it any more.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="start">Where the mapping starts.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>Done, NotMapped, or Unfinished: to be called again.</returns>
    public VmStatus UnmapSegment(
        Segment<TMemory> segment, VirtualAddress start, ref WorkBudget budget)
    {
        if (!start.IsPageAligned || !_regions.TryFind(start.Page, out Region? region)
            || region.FirstNumber != start.Page.Number
            || region is not SegmentRegion<TMemory> mapping || mapping.Segment != segment)
        {
            return VmStatus.NotMapped;
        }

        return TryUnmap(mapping, ref budget) ? VmStatus.Done : VmStatus.Unfinished;
    }

    /// <summary>The same in one step.</summary>
    public VmStatus UnmapSegment(Segment<TMemory> segment, VirtualAddress start)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return UnmapSegment(segment, start, ref budget);
    }

    /// <summary>
    /// Unmaps all that this space maps of a segment (UNMAP_AMS, and whoever hands a segment over
    /// for good), the newest mapping first.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>Done, NotMapped, or Unfinished: to be called again.</returns>
    public VmStatus UnmapSegment(Segment<TMemory> segment, ref WorkBudget budget)
    {
        VmStatus status = VmStatus.NotMapped;
        while (_bySegment.Last(segment) is { } mapping)
        {
            if (budget.IsSpent || !TryUnmap(mapping, ref budget))
            {
                return VmStatus.Unfinished;
            }

            status = VmStatus.Done;
        }

        return status;
    }

    /// <summary>The same in one step.</summary>
    public VmStatus UnmapSegment(Segment<TMemory> segment)
    {
        WorkBudget budget = WorkBudget.Unlimited;
        return UnmapSegment(segment, ref budget);
    }

    private bool TryUnmap(SegmentRegion<TMemory> mapping, ref WorkBudget budget)
    {
        if (_original is not null)
        {
            return TryForget(mapping, ref budget);
        }

        if (!mapping.Segment.TryGoOnTakingOver(ref budget))
        {
            return false;
        }

        bool isLastUse = !mapping.Segment.IsInUse && mapping.Segment.IsUsedOnce;
        bool isLong = mapping.Range.Count.Value > StepPages || Table.Family.WasForked;
        if (budget.IsLimited && (isLastUse || isLong))
        {
            if (!mapping.IsEnding)
            {
                OutdateCopy();
            }

            mapping.IsEnding = true;
            _promise.Open();
            bool isDone = Table.TryUnmap(
                mapping.Range, UnmapWay.Part, ref budget, out _);
            _promise.Close();
            if (!isDone || (isLastUse && !mapping.Segment.TryEmpty(ref budget)))
            {
                return false;
            }
        }

        budget.Spend(UnmappingCost);
        OutdateCopy();
        TakeOut(mapping, mapping.CopiesNeeded);
        _mappings--;
        SegmentPages -= mapping.SegmentPages;
        _bySegment.Remove(mapping);
        mapping.Segment.Remove(mapping);
        ReturnMapping();
        return true;
    }
}
