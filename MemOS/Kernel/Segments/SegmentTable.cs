using MemOS.Abi;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Segments;

/// <summary>
/// All segments that have a number, and who may use them. A process maps only segments that it has
/// a claim to, so a segment ends with its last claim.
/// </summary>
internal static class SegmentTable
{
    /// <summary>
    /// Segments that a process can be given or back, so that no one fills the kernel's heap.
    /// </summary>
    internal const int MostOfProcess = 4096;

    private static IdTree<SegmentEntry> _entries;
    private static NodeList<SegmentEntry> _byAge;

    /// <summary>Frames that are segments' alone.</summary>
    internal static ulong UsedFrames
    {
        get
        {
            ulong frames = 0;
            for (SegmentEntry? entry = First; entry is not null; entry = entry.Next)
                frames += entry.Segment.UsedFrames;
            return frames;
        }
    }

    /// <summary>The oldest of all; the others follow it by age.</summary>
    internal static SegmentEntry? First => _byAge.First;

    /// <summary>What a process has of a segment; null if it knows no segment so named.</summary>
    internal static SegmentClaim? TryFind(Process process, ulong id) =>
        process.Claims.Find(id) is { Role: not ClaimRole.Heir } claim ? claim : null;

    /// <summary>
    /// A copy of a process has what that one maps; it has charged as many claims as that one has.
    /// </summary>
    internal static void Inherit(Process from, Process heir)
    {
        ref IdTree<SegmentClaim> claims = ref from.Claims;
        for (SegmentClaim? claim = claims.Root; claim is not null; claim = claims.Next(claim))
        {
            if (from.LiveSpace.TryFindMapping(claim.Entry.Segment, out _))
                claim.Entry.Add(SegmentClaim.OfHeir(claim, heir));
        }
        Charges.ReturnClaims(heir.Purse, from.ClaimCount - heir.ClaimCount);
    }

    /// <summary>Gives a new segment its number and its owner.</summary>
    internal static ulong Add(Process maker, Segment<MachineMemory> segment)
    {
        ulong id;
        do
            id = ProcessTable.Memory.Random.Next();
        while (id == 0 || _entries.Find(id) is not null);
        SegmentEntry entry = new(id, segment);
        _entries.Add(entry);
        _byAge.Add(entry);
        entry.Add(SegmentClaim.OfMaker(entry, maker));
        return entry.Id;
    }

    /// <summary>Gives a process a share; the sharer's rights allow it.</summary>
    /// <returns>Done or Refused: a frame could be written and executed.</returns>
    internal static VmStatus Share(SegmentClaim from, SegmentClaim to)
    {
        VmStatus status = from.Entry.Segment.Share(to.Share);
        if (status == VmStatus.Done)
            from.Entry.Add(to);
        return status;
    }

    /// <summary>
    /// Hands a segment over for good: nobody else has it, and its maker maps it nowhere any more.
    /// </summary>
    internal static void HandOver(SegmentClaim from, SegmentClaim to)
    {
        SegmentEntry entry = from.Entry;
        from.Holder.LiveSpace.UnmapSegment(entry.Segment);
        WordWaits.WakeUnmapped(from.Holder);
        entry.IsHandedOver = true;
        entry.Add(to);
        if (to.Holder != from.Holder)
            entry.Add(SegmentClaim.OfGiver(from, to));
    }

    /// <summary>
    /// Ends a share, all that its receiver gave on, and what copies of these processes have of it.
    /// </summary>
    internal static void Unshare(SegmentClaim claim)
    {
        SegmentClaim last = claim;
        for (SegmentClaim? from = claim; from is not null; from = from.NextEnding)
        {
            SegmentClaim? one = claim.Entry.FirstClaim;
            for (; one is not null; one = one.Next)
            {
                if (one.Sharer != from.Holder)
                    continue;
                last.NextEnding = one;
                last = one;
            }
        }
        for (SegmentClaim? one = claim; one is not null; one = one.NextEnding)
        {
            End(one);
            SegmentNotices.Unshared(one.Holder, one, UnshareReason.Syscall);
        }
    }

    /// <summary>
    /// A process does not want a segment any more; what it shared stays with those who have it.
    /// </summary>
    internal static void GiveUp(SegmentClaim claim) => Leave(claim, UnshareReason.Syscall);

    /// <summary>Ends all claims of a process whose address space is gone.</summary>
    internal static void Forget(Process process)
    {
        while (process.Claims.Root is { } claim)
            Leave(claim, UnshareReason.Ended);
    }

    private static void Leave(SegmentClaim claim, UnshareReason reason)
    {
        if (claim.Role != ClaimRole.Heir && claim.Sharer is { End: null } sharer)
            SegmentNotices.Unshared(sharer, claim, reason);
        for (SegmentClaim? other = claim.Entry.FirstClaim; other is not null; other = other.Next)
        {
            if (other.Sharer != claim.Holder)
                continue;
            other.Sharer = claim.Sharer;
            if (other.Role != ClaimRole.Heir)
                SegmentNotices.Unshared(other.Holder, claim, reason);
        }
        End(claim);
    }

    private static void End(SegmentClaim claim)
    {
        SegmentEntry entry = claim.Entry;
        claim.Holder.Space?.UnmapSegment(entry.Segment);
        WordWaits.WakeUnmapped(claim.Holder);
        entry.Remove(claim);
        if (claim.Role == ClaimRole.Owner)
            entry.Segment.EndOwner();
        else if (claim.Role == ClaimRole.Receiver)
            entry.Segment.EndShare(claim.Share);
        if (entry.Segment.HasEnded)
            Forget(entry);
        else
            Ensure.That(
                entry.Segment.IsInUse || entry.HasHeirs, "a segment ends with its last claim");
    }

    private static void Forget(SegmentEntry entry)
    {
        _entries.Remove(entry);
        _byAge.Remove(entry);
        // Only those that handed it over are left.
        while (entry.FirstClaim is { } claim)
            entry.Remove(claim);
    }
}
