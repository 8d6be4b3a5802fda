using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Segments.</content>
internal sealed partial class MemoryModel
{
    private static readonly Frame DeviceMemory = Frame.Of(1ul << 30);

    public void Capture(ModelProcess process, ulong page, ulong count)
    {
        VmStatus expected = Foretell(process, page, count);
        ModelRegion? first = process.At(page);
        ulong lead = count < 512 ? 0 : page & 511;
        if (expected == VmStatus.Done)
        {
            bool isOneRight = process.Regions.Where(r => r.First < page + count && r.End > page)
                .All(r => r.Rights == first!.Rights);
            ulong nodes = ModelSegment.NodesFor(lead + count);
            expected = !isOneRight ? VmStatus.Refused
                : nodes > _machine.Available ? VmStatus.OutOfMemory : VmStatus.Done;
        }

        // A segment's pages are no one's but its own: what a fork shares is copied now.
        ulong[] copied = expected == VmStatus.Done
            ? [.. SharedIn(process, page, page + count).Union(
                SharedAtEdges(process, page, page + count))]
            : [];
        Assert.Equal(expected, process.Real.Capture(
            AddressOf(page), count, out PageSegment<SimulatedMemory>? real));
        Note(expected);
        if (expected != VmStatus.Done)
        {
            Assert.Null(real);
            return;
        }

        ReplaceCells(process, copied);
        ModelSegment segment = new(real!, process) { State = StateFor(first!.Rights), Lead = lead };
        ModelRegion region = new()
        {
            First = page,
            End = page + count,
            Rights = first.Rights,
            Backing = Backing.Segment,
            Segment = segment,
            Mode = MappingMode.Original,
        };
        foreach ((ulong at, ModelCell cell, ulong weight) in process.TakeOut(page, page + count))
        {
            ForgetOwn(process, weight, cell);
            segment.Cells.Add(at - page, Refer(cell));
            region.Seen.Add(at);
        }

        process.Add(region);
        segment.Mappings.Add(region);
        _segments.Add(segment);
    }

    public void AddDevice(ModelProcess process, ulong first, ulong count, CacheKind cache)
    {
        FrameRange memory = FrameRange.Of(DeviceMemory + first, count);
        VmStatus status = DeviceSegment<SimulatedMemory>.TryCreate(
            _machine.Frames, memory, cache, process.Real.Purse,
            out DeviceSegment<SimulatedMemory>? real);
        Assert.Equal(VmStatus.Done, status);
        _segments.Add(new ModelSegment(real!, process)
        {
            State = SegmentState.Writable,
            Lead = first & 511,
            IsDevice = true,
        });
    }

    public void Share(
        ModelSegment segment, ModelProcess holder, PageRights rights, MappingMode mode)
    {
        ModelShare share = new(segment, holder, rights, mode);
        VmStatus expected = segment.MayShare(rights, mode) ? VmStatus.Done : VmStatus.Refused;
        Assert.Equal(expected, segment.Real.Share(share.Real));
        if (expected == VmStatus.Done)
        {
            segment.Shares.Add(share);
        }
    }

    public void EndShare(ModelShare share)
    {
        share.Segment.Real.EndShare(share.Real);
        share.Segment.Shares.Remove(share);
        EndIfUnused(share.Segment);
    }

    public void EndOwner(ModelSegment segment)
    {
        segment.Real.EndOwner();
        segment.Owner = null;
        EndIfUnused(segment);
    }

    /// <summary>
    /// Maps a part of a segment, at a place that chance gives or at one that is wished for.
    /// </summary>
    public void Map(
        ModelProcess process, ModelSegment segment, (ulong Offset, ulong Count) part,
        PageRights rights, MappingMode mode, ulong? wish)
    {
        ulong available = _machine.Available;
        VmStatus expected = ForetellMap(process, segment, part, rights, mode, wish);
        bool turns = rights.CanExecute && segment.State != SegmentState.Executable;
        ulong extra = !turns ? 0
            : segment.Service is null ? segment.Pages : segment.Resident;
        VmStatus status = MapReally(process, segment, part, rights, mode, wish, out ulong first);
        if (expected != VmStatus.Done)
        {
            Assert.Equal(expected, status);
            return;
        }

        ModelRegion region = new()
        {
            First = first,
            End = first + part.Count,
            Rights = rights,
            Backing = Backing.Segment,
            Segment = segment,
            Offset = part.Offset,
            Mode = rights.CanWrite ? mode : MappingMode.Mutual,
        };
        AddIfPossible(process, region, extra, available, status);
        if (status == VmStatus.Done)
        {
            segment.Mappings.Add(region);
            segment.State = turns ? SegmentState.Executable : segment.State;
        }
    }

    public void Unmap(ModelProcess process, ModelSegment segment, ulong page)
    {
        ModelRegion? region = process.At(page);
        bool isThere = region is not null && region.First == page && region.Segment == segment;
        VmStatus expected = isThere ? VmStatus.Done : VmStatus.NotMapped;
        Assert.Equal(expected, process.Real.UnmapSegment(segment.Real, AddressOf(page)));
        if (isThere)
        {
            RemoveRegion(process, region!);
        }
    }

    public void UnmapAll(ModelProcess process, ModelSegment segment)
    {
        ModelRegion[] regions = [.. process.Regions.Where(r => r.Segment == segment)];
        VmStatus expected = regions.Length != 0 ? VmStatus.Done : VmStatus.NotMapped;
        Assert.Equal(expected, process.Real.UnmapSegment(segment.Real));
        foreach (ModelRegion region in regions)
        {
            RemoveRegion(process, region);
        }
    }

    /// <summary>Hands a segment over for good, if no one else has a part in it.</summary>
    public void HandOver(ModelSegment segment, ModelProcess receiver)
    {
        ModelProcess? giver = segment.Owner;
        bool isAlone = segment.Shares.Count == 0
            && segment.Mappings.All(m => giver?.Regions.Contains(m) == true);
        if (giver is not null && isAlone)
        {
            UnmapAll(giver, segment);
            segment.Owner = receiver;
        }
    }

    private static SegmentState StateFor(PageRights rights) =>
        rights.CanExecute ? SegmentState.Executable
        : rights.CanWrite ? SegmentState.Writable : SegmentState.Constant;

    private static VmStatus ForetellMap(
        ModelProcess process, ModelSegment segment, (ulong Offset, ulong Count) part,
        PageRights rights, MappingMode mode, ulong? wish)
    {
        if (part.Count == 0 || part.Offset + part.Count > segment.Pages)
        {
            return VmStatus.BeyondSegment;
        }

        if (!segment.MayMap(rights, mode))
        {
            return VmStatus.Refused;
        }

        if (wish is not ulong first)
        {
            return VmStatus.Done;
        }

        if (first is < 16 or >= LastPage)
        {
            return VmStatus.StartOutOfRange;
        }

        ulong end = first + part.Count;
        bool isFree = !process.Regions.Exists(r => r.First < end && r.End > first);
        return end > LastPage ? VmStatus.EndOutOfRange
            : isFree ? VmStatus.Done : VmStatus.Occupied;
    }

    private static VmStatus MapReally(
        ModelProcess process, ModelSegment segment, (ulong Offset, ulong Count) part,
        PageRights rights, MappingMode mode, ulong? wish, out ulong first)
    {
        SegmentPart real = new(PageCount.Of(part.Offset), PageCount.Of(part.Count));
        if (wish is ulong page)
        {
            first = page;
            return process.Real.MapSegmentAt(
                segment.Real, real, rights, mode, AddressOf(page));
        }

        VmStatus status = process.Real.MapSegment(
            segment.Real, real, rights, mode, out PageRange range);
        first = range.First.Number;
        return status;
    }

    private void EndIfUnused(ModelSegment segment)
    {
        if (segment.HasEnded && _segments.Remove(segment))
        {
            Assert.True(segment.Real.HasEnded);
            foreach (ModelCell cell in segment.Cells.Values)
            {
                Forget(cell);
            }
        }
    }
}
