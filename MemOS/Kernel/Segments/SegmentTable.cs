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
    /// <summary>Segments that a process can have from others at once.</summary>
    internal const int MostGiven = 4096;

    /// <summary>
    /// Segments that a process can have otherwise when it begins to back one more.
    /// </summary>
    internal const int MostMade = 4096;

    // About what it takes to end a claim, in instructions.
    private const ulong ClaimCost = 1_500;

    // About what it takes to pass over one, and to tell its holder of the end of another.
    private const ulong PassingCost = 12;
    private const ulong TellingCost = 2_000;

    // About what it takes to look whether one ends with others.
    private const ulong MarkingCost = 100;

    private static IdTree<SegmentEntry> _entries;
    private static NodeList<SegmentEntry> _byAge;

    /// <summary>The oldest of all; the others follow it by age.</summary>
    internal static SegmentEntry? First => _byAge.First;

    /// <summary>What a process has of a segment; null if it knows no segment so named.</summary>
    internal static SegmentClaim? TryFind(Process process, ulong id) =>
        process.Claims.Find(id) is { Role: not ClaimRole.Heir } claim ? claim : null;

    /// <summary>
    /// A copy of a process has what that one maps: gives it a claim, and charges that, unless it
    /// has one or the segment has no number.
    /// </summary>
    /// <returns>False if a limit is reached; nothing has changed.</returns>
    internal static bool TryInherit(
        Process from, Process heir, Segment<MachineMemory> segment)
    {
        ulong id = segment.Number;
        if (id == 0 || heir.Claims.Find(id) is not null)
            return true;
        SegmentClaim? claim = from.Claims.Find(id);
        Ensure.That(claim is not null, "who maps a segment has a claim to it");
        if (!Charges.TryTakeClaims(heir.Purse, 1))
            return false;
        claim.Entry.Add(SegmentClaim.OfHeir(claim, heir));
        return true;
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
    /// Hands a segment over for good: nobody else has it, and nobody maps it any more.
    /// </summary>
    internal static void HandOver(SegmentClaim from, SegmentClaim to)
    {
        SegmentEntry entry = from.Entry;
        entry.IsHandedOver = true;
        entry.Add(to);
        if (to.Holder != from.Holder)
            entry.Add(SegmentClaim.OfGiver(from, to));
    }

    /// <summary>
    /// Whether a process, or anyone, has a share that is a holder's to take back.
    /// </summary>
    /// <param name="claim">The holder's; an owner ends any share.</param>
    /// <param name="with">Whose shares; default for all.</param>
    internal static bool HasShare(SegmentClaim claim, ProcessId with)
    {
        SegmentClaim? one = claim.Entry.FirstClaim;
        while (one is not null && (one.IsEnding || !IsShareWith(one, claim, with)))
            one = one.Next;
        return one is not null;
    }

    /// <summary>
    /// Begins to end these shares, with what those who have them gave on, and what copies of these
    /// processes have of it.
    /// </summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    // One holder after the other; whoever comes meanwhile helps the one before.
    internal static bool TryBeginUnshare(
        SegmentClaim claim, ProcessId with, ref WorkBudget budget)
    {
        SegmentEntry entry = claim.Entry;
        bool isOwn;
        do
        {
            if (entry.Marker is null)
                entry.BeginMarking(claim, with);
            isOwn = entry.Marker == claim && entry.MarkedWith == with;
            if (!TryMark(entry, ref budget))
                return false;
        }
        while (!isOwn);
        return true;
    }

    // Who has it from whom comes behind that one, but for who had it in another way before.
    private static bool TryMark(SegmentEntry entry, ref WorkBudget budget)
    {
        while (entry.Marker is { } marker)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(MarkingCost);
            if (entry.NextToMark is { } one)
            {
                entry.NextToMark = one.Next;
                if (one.IsEnding || !(IsShareWith(one, marker, entry.MarkedWith)
                    || HasItFromEnding(one)))
                    continue;
                one.IsEnding = true;
                entry.HasMarked = true;
            }
            else if (entry.HasMarked)
                entry.BeginMarking(marker, entry.MarkedWith);
            else
                entry.EndMarking();
        }
        return true;
    }

    /// <summary>Goes on with that, and tells the holders.</summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryUnshare(SegmentEntry entry, ref WorkBudget budget)
    {
        // Nothing ends before it is known what ends with it.
        if (!TryMark(entry, ref budget))
            return false;
        SegmentClaim? next;
        for (SegmentClaim? one = entry.FirstClaim; one is not null; one = next)
        {
            next = one.Next;
            budget.Spend(PassingCost);
            if (!one.IsEnding)
                continue;
            if (budget.IsSpent || !TryEnd(one, ref budget))
                return false;
            SegmentNotices.Unshared(one.Sharer, one.Holder, one, UnshareReason.Syscall);
        }
        return true;
    }

    // A share that goes with a process, or with any, and is the holder's to take back.
    private static bool IsShareWith(SegmentClaim one, SegmentClaim claim, ProcessId with) =>
        one.Role == ClaimRole.Receiver
            && (one.Sharer == claim.Holder || claim.Role == ClaimRole.Owner)
            && (with == default || one.Holder.Id == with);

    private static bool HasItFromEnding(SegmentClaim one) =>
        one.Sharer?.Claims.Find(one.Entry.Id) is { IsEnding: true }
            || one.Inherited?.Claims.Find(one.Entry.Id) is { IsEnding: true };

    /// <summary>
    /// A process does not want a segment any more; what it shared stays with those who have it.
    /// </summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryGiveUp(SegmentClaim claim, ref WorkBudget budget) =>
        TryLeave(claim, UnshareReason.Syscall, ref budget);

    /// <summary>Ends all claims of a process that comes to its end.</summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryForget(Process process, ref WorkBudget budget)
    {
        while (process.Claims.Root is { } claim)
        {
            if (budget.IsSpent || !TryLeave(claim, UnshareReason.Ended, ref budget))
                return false;
        }
        return true;
    }

    private static bool TryLeave(
        SegmentClaim claim, UnshareReason reason, ref WorkBudget budget)
    {
        claim.IsLeaving = true;
        if (!TryUnmap(claim, ref budget) || !TryPassOn(claim, reason, ref budget))
            return false;
        End(claim, ref budget);
        budget.Spend(ClaimCost);
        return true;
    }

    private static bool TryEnd(SegmentClaim claim, ref WorkBudget budget)
    {
        if (!TryUnmap(claim, ref budget))
            return false;
        End(claim, ref budget);
        budget.Spend(ClaimCost);
        return true;
    }

    // Unmaps what the holder maps, and empties a segment that ends with the claim.
    private static bool TryUnmap(SegmentClaim claim, ref WorkBudget budget)
    {
        Segment<MachineMemory> segment = claim.Entry.Segment;
        if (claim.Holder.LiveSpace.UnmapSegment(segment, ref budget) == VmStatus.Unfinished)
        {
            // Something else may be mapped there before the next piece.
            UnmappedWords.Wake(claim.Holder, ref budget);
            return false;
        }
        bool isLastUse = claim.HasIt && segment.Mappings == 0 && segment.IsUsedOnce;
        return !isLastUse
            || (segment.TryEmpty(ref budget) && TryForgetOthers(claim, ref budget));
    }

    // Only those that handed it over are left, and copies that do not map it any more.
    private static bool TryForgetOthers(SegmentClaim claim, ref WorkBudget budget)
    {
        while (claim.Entry.FirstBeside(claim) is { } other)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(ClaimCost);
            claim.Entry.Remove(other);
        }
        return true;
    }

    // One holder after the other; whoever comes meanwhile helps the one before.
    private static bool TryPassOn(
        SegmentClaim claim, UnshareReason reason, ref WorkBudget budget)
    {
        SegmentEntry entry = claim.Entry;
        while (!claim.HasLeft)
        {
            if (entry.Leaver is null)
            {
                entry.BeginLeaving(claim, reason);
                if (claim.Role != ClaimRole.Heir && claim.Sharer is { Ending: null } sharer)
                    SegmentNotices.Unshared(claim.Holder, sharer, claim, reason);
            }
            if (!TryTellOthers(entry, entry.Leaver!, ref budget))
                return false;
        }
        return true;
    }

    private static bool TryTellOthers(
        SegmentEntry entry, SegmentClaim leaver, ref WorkBudget budget)
    {
        while (entry.NextToTell is { } other)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(PassingCost);
            entry.NextToTell = other.Next;
            if (other.Inherited == leaver.Holder)
                other.Inherited = leaver.Sharer;
            if (other.Sharer != leaver.Holder)
                continue;
            other.Sharer = leaver.Sharer;
            if (other.Role == ClaimRole.Heir)
                continue;
            budget.Spend(TellingCost);
            SegmentNotices.Unshared(
                leaver.Holder, other.Holder, leaver, entry.LeaverReason);
        }
        if (entry.Leaver == leaver)
            entry.EndLeaving();
        return true;
    }

    // Its holder maps nothing of the segment any more.
    private static void End(SegmentClaim claim, ref WorkBudget budget)
    {
        SegmentEntry entry = claim.Entry;
        UnmappedWords.Wake(claim.Holder, ref budget);
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
