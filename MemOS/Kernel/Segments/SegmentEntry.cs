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
