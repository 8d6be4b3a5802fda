using System;
using MemOS.Abi;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Syscalls;

/// <summary>Sharing segments, handing them over, taking shares back.</summary>
internal static class SharingSyscalls
{
    // How far UNSHARE_AMS is.
    private const ulong NotBegun = 0;
    private const ulong Beginning = 1;
    private const ulong Begun = 2;

    private const SharingMode MutualModes = SharingMode.Execute | SharingMode.Write
        | SharingMode.Read | SharingMode.CopyOnWrite;

    /// <summary>Shares a segment, or hands it over.</summary>
    internal static SyscallOutcome Share(ref SyscallCall call)
    {
        ProcessId receiver = new(call.Arguments.TakeUInt64());
        ulong segment = call.Arguments.TakeUInt64();
        ushort command = call.Arguments.TakeUInt16();
        ShareNotice notice = (ShareNotice)call.Arguments.TakeByte();
        SharingMode mode = (SharingMode)call.Arguments.TakeByte();
        if (notice > ShareNotice.None)
            return call.Fail(ErrorCode.BadNotice);
        ErrorCode error = CheckMode(mode, out SegmentShare share);
        if (error != ErrorCode.None)
            return call.Fail(error);
        if (SegmentTable.TryFind(call.Caller, segment) is not { IsUsable: true } from)
            return call.Fail(ErrorCode.UnknownSegment);
        if (!ProcessTable.TryFind(receiver, out Process? to) || to!.Ending is not null
            || !SegmentNotices.IsOpenTo(call.Caller, to))
            return call.Fail(ErrorCode.NoReceiver);
        share = from.Entry.Segment.Grant(share);
        bool isExclusive = (mode & SharingMode.Exclusive) != 0;
        error = isExclusive ? CheckHandOver(from, mode) : CheckShare(from, to, share);
        if (error != ErrorCode.None)
            return call.Fail(error);
        if (to.GivenSegments >= SegmentTable.MostGiven
            || (notice == ShareNotice.Signal && !SegmentNotices.CanTell(call.Caller, to)))
            return call.Fail(ErrorCode.NoMemory);
        // Who hands a segment over keeps a claim, to ask about it.
        int claims = isExclusive && to != call.Caller ? 2 : 1;
        if (!Charges.TryTakeClaims(call.Caller.Purse, claims))
            return call.Fail(ErrorCode.NoMemory);
        if (isExclusive && !TryUnmapBefore(from))
        {
            Charges.ReturnClaims(call.Caller.Purse, claims);
            return call.StartOver();
        }
        SegmentClaim claim = isExclusive
            ? SegmentClaim.OfNewOwner(from, to, mode, command)
            : SegmentClaim.OfReceiver(from, to, share, mode, command);
        if (isExclusive)
        {
            SegmentTable.HandOver(from, claim);
        }
        else if (SegmentTable.Share(from, claim) != VmStatus.Done)
        {
            Charges.ReturnClaims(call.Caller.Purse, claims);
            return call.Fail(ErrorCode.NotPermitted);
        }
        if (notice == ShareNotice.Signal)
            SegmentNotices.Received(call.Caller, claim);
        return call.Finish();
    }

    /// <summary>Tells how the caller has a segment.</summary>
    internal static SyscallOutcome Tell(ref SyscallCall call)
    {
        if (SegmentTable.TryFind(call.Caller, call.Arguments.TakeUInt64()) is not { } claim)
            return call.Fail(ErrorCode.UnknownSegment);
        ProcessId sharer = claim.SharerId;
        ProcessId receiver = sharer == default ? default : claim.Holder.Id;
        SegmentClaim told = claim;
        if (claim.Role == ClaimRole.Giver)
        {
            receiver = claim.Entry.Owner?.Holder.Id ?? default;
        }
        else if (sharer == default && claim.Entry.NewestFrom(claim.Holder) is { } given)
        {
            told = given;
            receiver = given.Holder.Id;
        }
        if (sharer == default)
            sharer = claim.Holder.Id;
        Segment<MachineMemory> segment = claim.Entry.Segment;
        bool isMapped = call.Space.TryFindMapping(segment, out PageRange range);
        return call.Finish(
            sharer.Value, receiver.Value, (ulong)told.Form,
            isMapped ? range.First.Start.Value : 0, segment.Pages.Bytes,
            told.Command | ((ulong)told.Mode << 16));
    }

    /// <summary>Takes shares back; or gives up what the caller itself has.</summary>
    internal static SyscallOutcome Unshare(ref SyscallCall call)
    {
        if (SegmentTable.TryFind(call.Caller, call.Arguments.TakeUInt64()) is not { } claim)
            return call.Fail(ErrorCode.UnknownSegment);
        ProcessId with = new(call.Arguments.TakeUInt64());
        if (claim.Role == ClaimRole.Giver)
            return call.Fail(ErrorCode.HandedOver);
        WorkBudget budget = WorkBudget.Piece;
        bool isDone;
        if (with == call.Caller.Id)
        {
            isDone = SegmentTable.TryGiveUp(claim, ref budget);
        }
        else
        {
            ref ulong step = ref call.Thread.Call.Done;
            if (step == NotBegun && !SegmentTable.HasShare(claim, with))
                return call.Fail(ErrorCode.NotShared);
            step = Math.Max(step, Beginning);
            if (step == Beginning && SegmentTable.TryBeginUnshare(claim, with, ref budget))
                step = Begun;
            isDone = step == Begun && SegmentTable.TryUnshare(claim.Entry, ref budget);
        }
        return isDone ? call.Finish() : call.StartOver();
    }

    // Unmaps a piece of what its maker maps of a segment that is to be handed over. All is asked
    // anew after each: the receiver may have ended meanwhile.
    private static bool TryUnmapBefore(SegmentClaim from)
    {
        WorkBudget budget = WorkBudget.Piece;
        VmStatus status = from.Holder.LiveSpace.UnmapSegment(from.Entry.Segment, ref budget);
        UnmappedWords.Wake(from.Holder, ref budget);
        return status != VmStatus.Unfinished;
    }

    private static ErrorCode CheckMode(SharingMode mode, out SegmentShare share)
    {
        share = default;
        if ((mode & ~(MutualModes | SharingMode.Exclusive)) != 0)
            return ErrorCode.BadMode;
        if ((mode & SharingMode.Exclusive) != 0)
        {
            return (mode & ~(SharingMode.Exclusive | SharingMode.Unmap)) == 0
                ? ErrorCode.None
                : ErrorCode.NeedlessRights;
        }
        Access access = (mode & SharingMode.Read) != 0 ? Access.Read : Access.None;
        access |= (mode & SharingMode.Write) != 0 ? Access.Write : Access.None;
        access |= (mode & SharingMode.Execute) != 0 ? Access.Execute : Access.None;
        bool isCopy = (mode & SharingMode.CopyOnWrite) != 0;
        if (access == Access.None)
            return ErrorCode.NoRights;
        if (!PageRights.TryCreate(access, out PageRights rights)
            || (isCopy && rights.CanExecute))
            return ErrorCode.BadMode;
        share = new SegmentShare(rights, isCopy ? MappingMode.CopyOnWrite : MappingMode.Mutual);
        return ErrorCode.None;
    }

    private static ErrorCode CheckShare(SegmentClaim from, Process to, in SegmentShare share)
    {
        if (SegmentTable.TryFind(to, from.Entry.Id) is { HasIt: true })
            return ErrorCode.AlreadyShared;
        return from.Allows(share) ? ErrorCode.None : ErrorCode.NotPermitted;
    }

    // Without shares, only its maker can have it mapped.
    private static ErrorCode CheckHandOver(SegmentClaim from, SharingMode mode)
    {
        SegmentEntry entry = from.Entry;
        bool isFree = (mode & SharingMode.Unmap) != 0 || entry.Segment.Mappings == 0;
        return isFree && from.Role == ClaimRole.Owner && !entry.IsHandedOver && !entry.IsShared
            && entry.Segment is PageSegment<MachineMemory>
                ? ErrorCode.None
                : ErrorCode.NotExclusive;
    }
}
