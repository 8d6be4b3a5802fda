using MemOS.Abi;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Segments;

/// <summary>A segment with its number, and all who have to do with it.</summary>
internal sealed class SegmentEntry : IdNode<SegmentEntry>
{
    // A field, as it is changed in place.
    private NodeList<SegmentClaim> _claims;

    internal SegmentEntry(ulong id, Segment<MachineMemory> segment)
        : base(id)
    {
        Segment = segment;
        segment.Number = id;
    }

    /// <summary>Its number: 64 random bits, no authority by itself.</summary>
    internal ulong Id => Number;

    internal Segment<MachineMemory> Segment { get; }

    /// <summary>
    /// The claim of a holder that leaves, while those who have the segment from it are told and
    /// have it from somebody else from then on; null while nobody's are.
    /// </summary>
    internal SegmentClaim? Leaver { get; private set; }

    /// <summary>Why it leaves.</summary>
    internal UnshareReason LeaverReason { get; private set; }

    /// <summary>Who of them is looked at next.</summary>
    internal SegmentClaim? NextToTell { get; set; }

    /// <summary>
    /// The claim of who takes shares back, while it is looked at which end with them; null while
    /// nobody does.
    /// </summary>
    internal SegmentClaim? Marker { get; private set; }

    /// <summary>Whose shares those are; default for all.</summary>
    internal ProcessId MarkedWith { get; private set; }

    /// <summary>Which claim is looked at next.</summary>
    internal SegmentClaim? NextToMark { get; set; }

    /// <summary>Whether one was found to end since the first was looked at.</summary>
    internal bool HasMarked { get; set; }

    /// <summary>Whether it went over to its owner from who made it.</summary>
    internal bool IsHandedOver { get; set; }

    /// <summary>The claim that came first; the others follow it in their order.</summary>
    internal SegmentClaim? FirstClaim => _claims.First;

    /// <summary>The owner's claim; null when it has none.</summary>
    internal SegmentClaim? Owner => FirstOf(ClaimRole.Owner);

    /// <summary>Whether anyone but the owner can use it, or has it mapped.</summary>
    internal bool IsShared => FirstOf(ClaimRole.Receiver) is not null || HasHeirs;

    /// <summary>Whether someone maps it who cannot name it.</summary>
    internal bool HasHeirs => FirstOf(ClaimRole.Heir) is not null;

    /// <summary>The share that a process gave last; null if it has none running.</summary>
    internal SegmentClaim? NewestFrom(Process sharer)
    {
        SegmentClaim? claim = _claims.Last;
        while (claim is not null
            && (claim.Role != ClaimRole.Receiver || claim.Sharer != sharer))
            claim = claim.Previous;
        return claim;
    }

    /// <summary>A holder begins to leave; nobody else does.</summary>
    internal void BeginLeaving(SegmentClaim claim, UnshareReason reason)
    {
        Leaver = claim;
        LeaverReason = reason;
        NextToTell = FirstClaim;
    }

    /// <summary>All are told.</summary>
    internal void EndLeaving()
    {
        Leaver!.HasLeft = true;
        Leaver = null;
    }

    /// <summary>A holder begins to take shares back; nobody else does.</summary>
    internal void BeginMarking(SegmentClaim claim, ProcessId with)
    {
        Marker = claim;
        MarkedWith = with;
        NextToMark = FirstClaim;
        HasMarked = false;
    }

    /// <summary>It is known which end.</summary>
    internal void EndMarking() => Marker = null;

    /// <summary>The first claim but for one; null if there is none.</summary>
    internal SegmentClaim? FirstBeside(SegmentClaim claim) =>
        FirstClaim == claim ? claim.Next : FirstClaim;

    /// <summary>A claim comes; it takes the place of what its holder has.</summary>
    internal void Add(SegmentClaim claim)
    {
        ref IdTree<SegmentClaim> own = ref claim.Holder.Claims;
        if (own.Find(Id) is { } before)
        {
            claim.TakeOver(before);
            Remove(before);
        }
        own.Add(claim);
        _claims.Add(claim);
        if (claim.IsGiven)
            claim.Holder.GivenSegments++;
    }

    /// <summary>A claim goes.</summary>
    internal void Remove(SegmentClaim claim)
    {
        if (claim == NextToTell)
            NextToTell = claim.Next;
        if (claim == NextToMark)
            NextToMark = claim.Next;
        if (claim == Marker)
            Marker = null;
        // Who had it from one whose share was taken back loses it too.
        if (claim == Leaver)
            Leaver = null;
        _claims.Remove(claim);
        claim.Holder.Claims.Remove(claim);
        if (claim.IsGiven)
            claim.Holder.GivenSegments--;
        if (claim.Payer is { } payer)
            Charges.ReturnClaims(payer, 1);
    }

    private SegmentClaim? FirstOf(ClaimRole role)
    {
        SegmentClaim? claim = FirstClaim;
        while (claim is not null && claim.Role != role)
            claim = claim.Next;
        return claim;
    }
}
