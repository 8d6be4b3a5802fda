using MemOS.Abi;
using MemOS.Backers;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Syscalls;

/// <summary>Making segments of memory, mapping and unmapping them.</summary>
internal static class SegmentSyscalls
{
    /// <summary>Makes a segment of the caller's pages.</summary>
    internal static SyscallOutcome Capture(ref SyscallCall call)
    {
        ulong start = call.Arguments.TakeUInt64();
        ulong bytes = call.Arguments.TakeUInt64();
        if (start % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.Unaligned);
        if (bytes % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.UnalignedLength);
        if (!VirtualAddress.TryCreate(start, out VirtualAddress first))
            return call.Fail(ErrorCode.NotOwn);
        WorkBudget budget = WorkBudget.Piece;
        VmStatus status = call.Space.Capture(
            first, bytes / PageSizes.SmallBytes, ref budget,
            out PageSegment<MachineMemory>? segment);
        return status switch
        {
            VmStatus.Unfinished => call.StartOver(),
            VmStatus.Done => call.Finish(SegmentTable.Add(call.Caller, segment!)),
            VmStatus.OutOfMemory => call.FailWithoutMemory(),
            VmStatus.OverLimit => call.Fail(ErrorCode.NoMemory),
            VmStatus.Refused => call.Fail(ErrorCode.NotPermitted),
            _ => call.Fail(ErrorCode.NotOwn),
        };
    }

    /// <summary>Makes a segment that the caller will serve.</summary>
    internal static SyscallOutcome Back(ref SyscallCall call)
    {
        ulong bytes = call.Arguments.TakeUInt64();
        BackingMode mode = (BackingMode)call.Arguments.TakeByte();
        if (mode > BackingMode.Accesses)
            return call.Fail(ErrorCode.BadService);
        ulong longest = call.Space.Table.Width.PagesInHalf().Bytes;
        if (bytes == 0 || bytes > longest || bytes % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.BadLength);
        // Nothing else holds back who makes them for ever.
        if (call.Caller.ClaimCount - call.Caller.GivenSegments >= SegmentTable.MostMade)
            return call.Fail(ErrorCode.NoMemory);
        ServingProcess backer = new(call.Caller);
        if (!BackedSegment<MachineMemory>.TryCreate(
            ProcessTable.Memory.Frames, PageCount.ForBytes(bytes), ServiceFor(mode), backer,
            call.Caller.Purse, out BackedSegment<MachineMemory>? segment))
            return call.Fail(ErrorCode.NoMemory);
        backer.Segment = SegmentTable.Add(call.Caller, segment);
        return call.Finish(backer.Segment);
    }

    /// <summary>Maps a part of a segment.</summary>
    internal static SyscallOutcome Map(ref SyscallCall call)
    {
        SegmentClaim? claim =
            SegmentTable.TryFind(call.Caller, call.Arguments.TakeUInt64());
        ulong offset = call.Arguments.TakeUInt64();
        (ulong start, ulong bytes) = call.Arguments.TakeBuffer();
        MappingRights wanted = (MappingRights)call.Arguments.TakeByte();
        if (claim is not { IsUsable: true })
            return call.Fail(ErrorCode.UnknownSegment);
        if (!TryTakeWish(claim, wanted, out SegmentShare wish))
            return call.Fail(ErrorCode.InvalidArgument);
        if ((offset | start) % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.Unaligned);
        if (bytes % PageSizes.SmallBytes != 0)
            return call.Fail(ErrorCode.UnalignedLength);
        ulong whole = claim.Entry.Segment.Pages.Bytes;
        if (offset >= whole || bytes > whole - offset)
            return call.Fail(ErrorCode.BeyondSegment);
        if (!VirtualAddress.TryCreate(start, out VirtualAddress place))
            return call.Fail(ErrorCode.BeyondSpace);
        if (!claim.Allows(wish))
            return call.Fail(ErrorCode.NotPermitted);
        SegmentPart part = new(
            PageCount.ForBytes(offset), PageCount.ForBytes(bytes == 0 ? whole - offset : bytes));
        return Map(call, claim.Entry.Segment, part, wish, place);
    }

    /// <summary>Unmaps one mapping of a segment, or all of the caller's.</summary>
    internal static SyscallOutcome Unmap(ref SyscallCall call)
    {
        SegmentClaim? claim =
            SegmentTable.TryFind(call.Caller, call.Arguments.TakeUInt64());
        ulong start = call.Arguments.TakeUInt64();
        if (claim is not { IsUsable: true })
            return call.Fail(ErrorCode.UnknownMapped);
        if (!VirtualAddress.TryCreate(start, out VirtualAddress place))
            return call.Fail(ErrorCode.NotMapped);
        Segment<MachineMemory> segment = claim.Entry.Segment;
        WorkBudget budget = WorkBudget.Piece;
        VmStatus status = start == 0
            ? call.Space.UnmapSegment(segment, ref budget)
            : call.Space.UnmapSegment(segment, place, ref budget);
        // After each piece: something else may be mapped there before the next one.
        UnmappedWords.Wake(call.Caller, ref budget);
        if (status == VmStatus.Unfinished)
        {
            call.Thread.Call.Done++;
            return call.StartOver();
        }
        if (call.Thread.Call.Done != 0)
            return call.Finish();
        return call.Fail(
            status == VmStatus.Done ? ErrorCode.None : ErrorCode.NotMapped);
    }

    private static BackedService ServiceFor(BackingMode mode) => mode switch
    {
        BackingMode.CopyOnWrite => BackedService.PagesToCopy,
        BackingMode.Accesses => BackedService.Accesses,
        _ => BackedService.Pages,
    };

    // A share of copy-on-write pages is mapped so whatever its receiver says.
    private static bool TryTakeWish(
        SegmentClaim claim, MappingRights wanted, out SegmentShare wish)
    {
        wish = default;
        bool isCopy = (wanted & MappingRights.CopyOnWrite) != 0
            || claim.Share.Mode == MappingMode.CopyOnWrite;
        Access access = (Access)(wanted & ~MappingRights.CopyOnWrite);
        if (!PageRights.TryCreate(access, out PageRights rights))
            return false;
        if (access == Access.None)
            rights = claim.AllRights;
        MappingMode mode = isCopy ? MappingMode.CopyOnWrite : MappingMode.Mutual;
        wish = claim.Entry.Segment.Grant(new SegmentShare(rights, mode));
        return true;
    }

    private static SyscallOutcome Map(
        in SyscallCall call, Segment<MachineMemory> segment, SegmentPart part,
        in SegmentShare wish, VirtualAddress place)
    {
        PageRange range = default;
        WorkBudget budget = WorkBudget.Piece;
        VmStatus status = place == default
            ? call.Space.MapSegment(
                segment, part, wish.Rights, wish.Mode, ref budget, out range)
            : call.Space.MapSegmentAt(
                segment, part, wish.Rights, wish.Mode, place, ref budget);
        return status switch
        {
            VmStatus.Done => call.Finish(
                place == default ? range.First.Start.Value : place.Value),
            VmStatus.StartOutOfRange or VmStatus.EndOutOfRange =>
                call.Fail(ErrorCode.BeyondSpace),
            VmStatus.Occupied => call.Fail(ErrorCode.Occupied),
            VmStatus.Refused => call.Fail(ErrorCode.NotPermitted),
            VmStatus.OutOfMemory => call.FailWithoutMemory(),
            _ => call.Fail(ErrorCode.NoMemory),
        };
    }
}
