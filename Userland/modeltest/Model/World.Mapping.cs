using MemOS.Abi;
using MemOS.Tests.Model;

namespace MemOS.Modeltest.Model;

/// <summary>What MAP_AMS is asked for, in bytes; a start of 0 leaves the place to the kernel.
/// </summary>
internal readonly record struct MapWish(
    ulong Offset, ulong Start, ulong Bytes, MappingRights Rights);

/// <content>MAP_AMS and UNMAP_AMS.</content>
internal sealed partial class World
{
    private const MappingRights AnyRights = MappingRights.ReadWrite | MappingRights.Execute;

    internal static void Map(ModelProcess process, ulong id, MapWish wish)
    {
        process.Peer.Begin(SyscallCode.MapAms).Put(id).Put(wish.Offset).Put(wish.Start)
            .Put(wish.Bytes).Put((ulong)wish.Rights, sizeof(MappingRights));
        ModelClaim? claim = Usable(process, id);
        if (claim is null)
        {
            Expect(process, $"MAP_AMS of {id:X}", ErrorCode.UnknownSegment);
            return;
        }
        ModelSegment segment = claim.Segment;
        MemoryRights rights = RightsOf(claim, wish.Rights);
        bool copies = claim.Copies || wish.Rights.HasFlag(MappingRights.CopyOnWrite)
            || (segment.CopiesWrites && rights.HasFlag(MemoryRights.Write));
        ulong bytes = wish.Bytes == 0 ? (segment.Pages * Page) - wish.Offset : wish.Bytes;
        ModelRegion region = new()
        {
            First = wish.Start / Page,
            End = (wish.Start + bytes) / Page,
            Rights = rights,
            Segment = segment,
            Offset = wish.Offset / Page,
            // Without a wish to write there is nothing to copy.
            Copies = copies && rights.HasFlag(MemoryRights.Write),
        };
        ErrorCode expected = JudgeArguments(segment, wish);
        if (expected == ErrorCode.None)
            expected = JudgeMap(process, claim, region, wish, copies);
        if (Expect(process, $"MAP_AMS of {id:X}, {wish}", expected) != ErrorCode.None)
            return;
        ulong first = process.Peer.Value / Page;
        if (wish.Start != 0)
            Check.Equal("MAP_AMS maps where it was told", wish.Start, process.Peer.Value);
        segment.Kind = region.Roads == Roads.Execute ? FrameKind.Code : segment.Kind;
        AddMapping(process, new ModelRegion
        {
            First = first,
            End = first + region.Pages,
            Rights = rights,
            Segment = segment,
            Offset = region.Offset,
            Copies = region.Copies,
            Kind = RegionKind.Other,
        });
    }

    /// <param name="process">Who unmaps.</param>
    /// <param name="id">What.</param>
    /// <param name="start">Where; 0 for all.</param>
    internal static void Unmap(ModelProcess process, ulong id, ulong start)
    {
        process.Peer.Begin(SyscallCode.UnmapAms).Put(id).Put(start);
        ModelSegment? segment = Usable(process, id)?.Segment;
        bool isThere = segment is not null && segment.Mappings.Exists(
            m => m.Process == process && (start == 0 || m.Region.First * Page == start));
        Expect(process, $"UNMAP_AMS of {id:X} at {start:X}",
            segment is null ? ErrorCode.UnknownMapped
            : isThere ? ErrorCode.None : ErrorCode.NotMapped);
        if (!isThere)
            return;
        if (start == 0)
            UnmapAll(process, segment!);
        else
            RemoveMapping(process, process.At(start / Page)!);
    }

    private static MemoryRights RightsOf(ModelClaim claim, MappingRights wanted)
    {
        // The bits of both are the same but for the one that says how to write.
        MemoryRights rights = (MemoryRights)(wanted & AnyRights);
        return rights == MemoryRights.None ? claim.AllRights
            : rights == MemoryRights.Write ? MemoryRights.ReadWrite : rights;
    }

    private static ErrorCode JudgeArguments(ModelSegment segment, MapWish wish)
    {
        const MappingRights Both = MappingRights.Write | MappingRights.Execute;
        ulong whole = segment.Pages * Page;
        bool isRight = (wish.Rights & ~(AnyRights | MappingRights.CopyOnWrite)) == 0
            && (wish.Rights & Both) != Both;
        return !isRight ? ErrorCode.InvalidArgument
            : (wish.Offset | wish.Start) % Page != 0 ? ErrorCode.Unaligned
            : wish.Bytes % Page != 0 ? ErrorCode.UnalignedLength
            : wish.Offset >= whole || wish.Bytes > whole - wish.Offset
                ? ErrorCode.BeyondSegment
            : wish.Start >= NoAddress ? ErrorCode.BeyondSpace
            : ErrorCode.None;
    }

    private static ErrorCode JudgeMap(
        ModelProcess process, ModelClaim claim, ModelRegion region, MapWish wish, bool copies)
    {
        bool isCodeToCopy = copies && region.Roads == Roads.Execute;
        if (!claim.Allows(region.Rights, copies) || isCodeToCopy
            || !claim.Segment.MayMap(region.Roads))
            return ErrorCode.NotPermitted;
        if (wish.Start == 0)
            return ErrorCode.None;
        if (region.First < LowestPage)
            return ErrorCode.BeyondSpace;
        return process.Regions.Exists(r => r.First < region.End && r.End > region.First)
            ? ErrorCode.Occupied
            : ErrorCode.None;
    }

    private static void AddMapping(ModelProcess process, ModelRegion region)
    {
        AddRegion(process, region);
        region.Segment!.Mappings.Add((process, region));
    }

    private static void UnmapAll(ModelProcess process, ModelSegment segment)
    {
        foreach (ModelRegion region in process.Regions.FindAll(r => r.Segment == segment))
            RemoveMapping(process, region);
    }

    private static void RemoveMapping(ModelProcess process, ModelRegion region)
    {
        process.Regions.Remove(region);
        region.Segment!.Mappings.Remove((process, region));
    }
}
