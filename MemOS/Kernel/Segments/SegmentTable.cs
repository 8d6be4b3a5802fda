using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
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

    private static Dictionary<ulong, SegmentEntry>? _entries;

    /// <summary>Frames that are segments' alone.</summary>
    internal static ulong UsedFrames
    {
        get
        {
            ulong frames = 0;
            foreach (SegmentEntry entry in _entries!.Values)
                frames += entry.Segment.UsedFrames;
            return frames;
        }
    }

    /// <summary>All that have a number.</summary>
    internal static IReadOnlyCollection<SegmentEntry> Entries => _entries!.Values;

    /// <summary>An empty table.</summary>
    internal static void Start() => _entries = [];

    /// <summary>What a process has of a segment; null if it knows no segment so named.</summary>
    internal static SegmentClaim? TryFind(Process process, ulong id) =>
        process.Claims.TryGetValue(id, out SegmentClaim? claim) && claim.Role != ClaimRole.Heir
            ? claim
            : null;

    /// <summary>A copy of a process has what that one maps.</summary>
    internal static void Inherit(Process from, Process heir)
    {
        if (from.ClaimCount == 0)
            return;
        foreach (SegmentClaim claim in from.Claims.Values)
        {
            if (from.LiveSpace.TryFindMapping(claim.Entry.Segment, out _))
                claim.Entry.Add(SegmentClaim.OfHeir(claim, heir));
        }
    }

    /// <summary>Gives a new segment its number and its owner.</summary>
    internal static ulong Add(Process maker, Segment<MachineMemory> segment)
    {
        SegmentEntry entry;
        do
            entry = new SegmentEntry(ProcessTable.Memory.Random.Next(), segment);
        while (entry.Id == 0 || !_entries!.TryAdd(entry.Id, entry));
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
        List<SegmentClaim> ending = [claim];
        for (int i = 0; i < ending.Count; i++)
        {
            Process holder = ending[i].Holder;
            ending.AddRange(claim.Entry.Claims.Where(one => one.Sharer == holder));
        }
        foreach (SegmentClaim one in ending)
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
        if (process.ClaimCount == 0)
            return;
        foreach (SegmentClaim claim in process.Claims.Values.ToArray())
            Leave(claim, UnshareReason.Ended);
    }

    private static void Leave(SegmentClaim claim, UnshareReason reason)
    {
        if (claim.Role != ClaimRole.Heir && claim.Sharer is { End: null } sharer)
            SegmentNotices.Unshared(sharer, claim, reason);
        for (SegmentClaim? other = claim.Entry.First; other is not null; other = other.Next)
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
        _entries!.Remove(entry.Id);
        // Only those that handed it over are left.
        while (entry.First is { } claim)
            entry.Remove(claim);
    }
}
