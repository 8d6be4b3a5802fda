using MemOS.Devices;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about segments: who maps them has a claim to them, and a segment knows how
/// many mappings and shares there are.
/// </summary>
internal sealed class SegmentAudit : AuditPart
{
    // About what it takes to go on to the next, in instructions.
    private const ulong ProcessCost = 200;
    private const ulong SegmentCost = 100;
    private const ulong ClaimCost = 500;
    private const ulong RegionCost = 300;

    private Process? _process;
    private SegmentEntry? _unmet;
    private SegmentEntry? _unchecked;
    private SegmentClaim? _claim;

    // Where the next region of the process begins at the earliest.
    private VirtualAddress _from;

    // The number of the count of the process's claims.
    private ulong _count;

    private SegmentProgress _pages;
    private bool _arePagesChecked;
    private int _shares;

    /// <inheritdoc/>
    internal override bool TryGoOn(ref WorkBudget budget) =>
        TryForgetMappings(ref budget) && TryMeetMappings(ref budget)
            && (IsBroken || TryCheckSegments(ref budget));

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        _unmet = SegmentTable.First;
        EnterSegment(SegmentTable.First);
        EnterProcess(ProcessTable.First);
    }

    private bool TryForgetMappings(ref WorkBudget budget)
    {
        while (_unmet is { } entry)
        {
            if (budget.IsSpent)
                return false;
            entry.Segment.MappingsMet = 0;
            _unmet = entry.Next;
            budget.Spend(SegmentCost);
        }
        return true;
    }

    private bool TryMeetMappings(ref WorkBudget budget)
    {
        while (_process is { } process && !IsBroken)
        {
            if (!TryMeetClaims(process, ref budget))
                return false;
            if (process.Space is { } space && !TryMeetMappings(process, space, ref budget))
                return false;
            EnterProcess(process.Younger);
            budget.Spend(ProcessCost);
        }
        return true;
    }

    private void EnterProcess(Process? process)
    {
        _process = process;
        _count = CountNumber.Next();
        _claim = process?.Claims.Root;
        _from = default;
    }

    private bool TryMeetClaims(Process process, ref WorkBudget budget)
    {
        while (_claim is { } claim)
        {
            if (budget.IsSpent)
                return false;
            if (claim.Role != ClaimRole.Giver)
                claim.Entry.Segment.ClaimedIn = _count;
            _claim = process.Claims.Next(claim);
            budget.Spend(ClaimCost);
        }
        return !budget.IsSpent;
    }

    private bool TryMeetMappings(
        Process process, AddressSpace<MachineMemory> space, ref WorkBudget budget)
    {
        while (space.TryFindNext(_from, out Region? region))
        {
            if (budget.IsSpent)
                return false;
            if (region is SegmentRegion<MachineMemory> { Segment: var segment })
            {
                segment.MappingsMet++;
                if (segment.ClaimedIn != _count)
                {
                    IsBroken = true;
                    Log.Warn($"audit: BROKEN, {process.Name} ({process.Id.Value}) maps what it "
                        + $"has no claim to");
                    return true;
                }
            }
            _from = region.Range.Last.Start + PageSizes.SmallBytes;
            budget.Spend(RegionCost);
        }
        return true;
    }

    private bool TryCheckSegments(ref WorkBudget budget)
    {
        while (_unchecked is { } entry && !IsBroken)
        {
            if (budget.IsSpent || !TryCheckPages(entry, ref budget)
                || !TryCountShares(entry, ref budget))
                return false;
            Check(entry);
            EnterSegment(entry.Next);
            budget.Spend(SegmentCost);
        }
        return true;
    }

    private void EnterSegment(SegmentEntry? entry)
    {
        _unchecked = entry;
        _pages = default;
        _arePagesChecked = false;
        _shares = 0;
    }

    private bool TryCheckPages(SegmentEntry entry, ref WorkBudget budget)
    {
        if (_arePagesChecked)
            return true;
        _arePagesChecked = entry.Segment.TryAudit(ref _pages, ref budget);
        _claim = entry.FirstClaim;
        return _arePagesChecked;
    }

    private bool TryCountShares(SegmentEntry entry, ref WorkBudget budget)
    {
        while (_claim is { } claim && !IsBroken)
        {
            if (budget.IsSpent)
                return false;
            if (claim.Holder.End is not null || claim.Holder.Claims.Find(entry.Id) != claim)
                Report(entry, "a claim that its holder does not know of");
            _shares += claim.Role == ClaimRole.Receiver ? 1 : 0;
            _claim = claim.Next;
            budget.Spend(ClaimCost);
        }
        return true;
    }

    private void Check(SegmentEntry entry)
    {
        Segment<MachineMemory> segment = entry.Segment;
        if (_pages.IsBroken)
            Report(entry, "its frames are not held, not counted, or not kept for it");
        else if (segment.Mappings != segment.MappingsMet)
            Report(entry, "there are not as many mappings as it knows of");
        else if (segment.Shares != _shares)
            Report(entry, "there are not as many shares as it knows of");
    }

    private void Report(SegmentEntry entry, string what)
    {
        if (!IsBroken)
            Log.Warn($"audit: BROKEN, segment {entry.Id}: {what}");
        IsBroken = true;
    }
}
