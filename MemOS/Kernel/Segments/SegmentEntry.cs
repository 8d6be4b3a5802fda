using System.Collections.Generic;
using MemOS.Mapping;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Segments;

/// <summary>A segment with its number, and all who have to do with it.</summary>
internal sealed class SegmentEntry(ulong id, Segment<MachineMemory> segment)
{
    private readonly List<SegmentClaim> _claims = [];

    /// <summary>Its number: 64 random bits, no authority by itself.</summary>
    internal ulong Id { get; } = id;

    internal Segment<MachineMemory> Segment { get; } = segment;

    /// <summary>Whether it went over to its owner from who made it.</summary>
    internal bool IsHandedOver { get; set; }

    /// <summary>In the order in which they came.</summary>
    internal IReadOnlyList<SegmentClaim> Claims => _claims;

    /// <summary>The owner's claim; null when it has none.</summary>
    internal SegmentClaim? Owner =>
        _claims.Find(static claim => claim.Role == ClaimRole.Owner);

    /// <summary>Whether anyone but the owner can use it, or has it mapped.</summary>
    internal bool IsShared => _claims.Exists(
        static claim => claim.Role is ClaimRole.Receiver or ClaimRole.Heir);

    /// <summary>Whether someone maps it who cannot name it.</summary>
    internal bool HasHeirs => _claims.Exists(static claim => claim.Role == ClaimRole.Heir);

    /// <summary>The share that a process gave last; null if it has none running.</summary>
    internal SegmentClaim? NewestFrom(Process sharer) =>
        _claims.FindLast(
        claim => claim.Role == ClaimRole.Receiver && claim.Sharer == sharer);

    /// <summary>
    /// A claim comes; it takes the place of what its holder was left as a giver or an heir.
    /// </summary>
    internal void Add(SegmentClaim claim)
    {
        if (claim.Holder.Claims.TryGetValue(Id, out SegmentClaim? old))
            _claims.Remove(old);
        _claims.Add(claim);
        claim.Holder.Claims[Id] = claim;
    }

    /// <summary>A claim goes.</summary>
    internal void Remove(SegmentClaim claim)
    {
        _claims.Remove(claim);
        claim.Holder.Claims.Remove(Id);
    }
}
