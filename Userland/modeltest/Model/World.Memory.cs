using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Tests.Model;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <content>MEM_ALLOC, MEM_FREE, VIRT_MEM_AMS and what a process's memory looks like.</content>
internal sealed partial class World
{
    // More than any machine has, and than any address space.
    private const ulong TooMuch = 1ul << 58;

    internal static void Allocate(
        ModelProcess process, ulong pages, MemoryRights rights, ZeroFirst zeroFirst)
    {
        process.Peer.Begin(SyscallCode.MemAlloc).Put(pages * Page)
            .Put((ulong)rights, sizeof(MemoryRights))
            .Put((ulong)zeroFirst, sizeof(ZeroFirst));
        bool isRight = rights is MemoryRights.Read or MemoryRights.Write
            or MemoryRights.ReadWrite or MemoryRights.Execute;
        ErrorCode expected = !isRight ? ErrorCode.BadRights
            : pages == 0 || zeroFirst > ZeroFirst.Yes ? ErrorCode.InvalidArgument
            : pages * Page >= TooMuch ? ErrorCode.NoMemory : ErrorCode.None;
        if (Expect(process, $"MEM_ALLOC of {pages}, {rights}", expected) != ErrorCode.None)
            return;
        bool isZeroed = zeroFirst == ZeroFirst.Yes || rights == MemoryRights.Execute;
        AddRegion(process, new ModelRegion
        {
            First = process.Peer.Value / Page,
            End = (process.Peer.Value / Page) + pages,
            // No page can be written and not read.
            Rights = rights == MemoryRights.Write ? MemoryRights.ReadWrite : rights,
            Traces = isZeroed ? null : process.Traces,
        });
        Check.Equal("MEM_ALLOC gives whole pages", 0ul, process.Peer.Value % Page);
    }

    internal static void Free(ModelProcess process, ulong start, ulong pages)
    {
        process.Peer.Begin(SyscallCode.MemFree).Put(start).Put(pages);
        ErrorCode expected = JudgeFree(process, start, pages);
        Expect(process, $"MEM_FREE of {pages} at {start:X}", expected);
        if (expected == ErrorCode.None)
            process.TakeOut(start / Page, (start / Page) + pages);
    }

    internal void Capture(ModelProcess process, ulong start, ulong bytes)
    {
        process.Peer.Begin(SyscallCode.VirtMemAms).Put(start).Put(bytes);
        ulong first = start / Page;
        ulong end = first + (bytes / Page);
        List<ModelRegion> regions =
            process.Regions.FindAll(r => r.First < end && r.End > first);
        ErrorCode expected = start % Page != 0 ? ErrorCode.Unaligned
            : bytes % Page != 0 ? ErrorCode.UnalignedLength
            : JudgeFree(process, start, bytes / Page) != ErrorCode.None ? ErrorCode.NotOwn
            : regions.Exists(r => r.Rights != regions[0].Rights) ? ErrorCode.NotPermitted
            : ErrorCode.None;
        if (Expect(process, $"VIRT_MEM_AMS of {bytes:X} at {start:X}", expected) != ErrorCode.None)
            return;
        MemoryRights rights = regions[0].Rights;
        ModelSegment segment = new(process.Peer.Value, bytes / Page)
        {
            Kind = rights.HasFlag(MemoryRights.Execute) ? FrameKind.Code
                : rights.HasFlag(MemoryRights.Write) ? FrameKind.Writable : FrameKind.Constant,
            Traces = regions.Exists(r => r.Traces is not null) ? process.Traces : null,
        };
        foreach ((ulong page, ModelPage content) in process.TakeOut(first, end))
            segment.Seen.Add(page - first, content);
        _segments.Add(segment);
        AddClaim(new ModelClaim(segment, process, ClaimRole.Owner));
        AddMapping(process, new ModelRegion
        {
            First = first,
            End = end,
            Rights = rights,
            Segment = segment,
            IsOriginal = true,
        });
    }

    /// <summary>Everything is listed as it should be; what else there is is the peer's own.
    /// </summary>
    internal static void CompareRegions(ModelProcess process)
    {
        Region[] listed = Process.Maps(process.Id);
        int at = 0;
        foreach (ModelRegion region in process.Regions)
        {
            while (at < listed.Length && listed[at].Start.Value < region.First * Page)
                at++;
            Region expected = new(
                new(region.First * Page), region.Pages * Page, region.Rights, region.Kind);
            if (at == listed.Length || listed[at] != expected)
                Check.Fail($"LIST_REGIONS does not give {expected} at {expected.Start}");
        }
    }

    private static ErrorCode JudgeFree(ModelProcess process, ulong start, ulong pages)
    {
        if (start >= NoAddress)
            return ErrorCode.StartOutOfRange;
        if (start % Page != 0)
            return ErrorCode.Unaligned;
        if (start / Page < LowestPage)
            return ErrorCode.StartOutOfRange;
        if (pages == 0 || pages >= TooMuch / Page)
            return ErrorCode.EndOutOfRange;
        ulong end = (start / Page) + pages;
        for (ulong page = start / Page; page < end;)
        {
            ModelRegion? region = process.At(page);
            if (region is not { Segment: null })
                return region is { IsOriginal: true } ? ErrorCode.Shared : ErrorCode.NotAllocated;
            page = region.End;
        }
        return ErrorCode.None;
    }

    private static void AddRegion(ModelProcess process, ModelRegion region)
    {
        bool isFree = !process.Regions.Exists(
            r => r.First < region.End && r.End > region.First);
        if (!isFree || region.First < LowestPage)
            Check.Fail($"what is given at {region.First * Page:X} was not free");
        process.Add(region);
    }
}
