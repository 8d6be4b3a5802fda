using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.AddressSpaces;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;
using PageFault = MemOS.Memory.Faults.PageFault;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Reads, writes and execution, by a fault and by the kernel's reach.</content>
internal sealed partial class MemoryModel
{
    public void Touch(ModelProcess process, ulong page, Access access, int slot)
    {
        VirtualAddress address =
            VirtualAddress.Create((page << 12) + (ulong)PageContent.OffsetOf(slot));
        ModelRegion? region = process.At(page);
        bool isAllowed = region is not null && Lets(region.Rights, access);
        bool isDevice = isAllowed && region!.Segment is { IsDevice: true };
        ulong[] copied = isAllowed && access == Access.Write
            ? [.. SharedAround(process, page)]
            : [];
        FaultOutcome expected = isAllowed ? ForetellGiving(region!, page) : FaultOutcome.Denied;
        Frame? seen = null;
        if (slot % 2 == 0)
        {
            Assert.Equal(expected, process.Real.Touch(address, access, out Frame touched));
            seen = touched;
        }

        FaultOutcome outcome = process.Real.Reach(address, access, out Frame frame);
        Assert.Equal(isDevice ? FaultOutcome.Denied : expected, outcome);
        if (expected != FaultOutcome.Resumed || isDevice)
        {
            return;
        }

        Assert.True(process.Real.Table.TryTranslate(address.Page, out Translation found));
        Assert.True(found.Rights.Allows(access & Access.Write));
        Assert.Equal(frame, found.Frame);
        Assert.Equal(seen ?? frame, frame);
        ReplaceCells(process, copied);
        ModelCell cell = CellFor(process, region!, page, access, found);
        Assert.Equal(cell.Frame, frame);
        PageContent content = ContentOf(cell);
        content.Check(_machine.Memory, frame);
        if (access == Access.Write)
        {
            ulong stamp = ((ulong)process.Owner << 32) | (++_stamp & uint.MaxValue);
            content.Write(_machine.Memory, frame, slot, stamp);
        }
    }

    private bool Lets(PageRights rights, Access access)
    {
        bool hasKeys = (_machine.Features & PagingFeatures.ProtectionKeys) != 0;
        bool isReadableCode = access == Access.Read && rights.CanExecute && !hasKeys;
        return rights.Allows(access) || isReadableCode;
    }

    private PageContent ContentOf(ModelCell cell) =>
        cell.Content ??= PageContent.Discover(_machine.Memory, cell.Frame, cell.Writers);

    // The memory that the access must have reached.
    private ModelCell CellFor(
        ModelProcess process, ModelRegion region, ulong page, Access access,
        in Translation found)
    {
        if (region.Own.TryGetValue(page, out ModelCell? own))
        {
            return own;
        }

        if (region.Segment is null)
        {
            GiveNew(process, region, page, found);
            return region.Own[page];
        }

        return access == Access.Write && region.Copies
            ? MakeOwn(process, region, region.Segment, page, found)
            : See(region, region.Segment, page, found);
    }

    private void GiveNew(
        ModelProcess process, ModelRegion region, ulong page, in Translation found)
    {
        ulong first = Start(page, found.Size);
        bool isLarge = found.Size == PageSize.Large;
        Assert.True(!isLarge || !region.Rights.CanExecute);
        Assert.True(first >= region.First && first + found.Size.SmallPages() <= region.End);
        HashSet<uint>? writers = region.Backing == Backing.Demand ? [.. process.Writers] : null;
        for (ulong i = 0; i < found.Size.SmallPages(); i++)
        {
            ModelCell cell = new(FrameAt(found, page, first + i), found.Size) { Writers = writers };
            region.Own.Add(first + i, ReferOwn(process, region.FramesPerPage, cell));
        }
    }

    private ModelCell See(
        ModelRegion region, ModelSegment segment, ulong page, in Translation found)
    {
        ulong first = Start(page, found.Size);
        bool isNewHere = segment.Cells.ContainsKey(region.IndexOf(page))
            && !region.Seen.Contains(page) && found.Size == PageSize.Small;
        Assert.True(first >= region.First && first + found.Size.SmallPages() <= region.End);
        for (ulong at = first; at < first + found.Size.SmallPages(); at++)
        {
            Frame frame = FrameAt(found, page, at);
            if (!segment.Cells.TryGetValue(region.IndexOf(at), out ModelCell? cell))
            {
                cell = Refer(new ModelCell(frame, found.Size));
                segment.Cells.Add(region.IndexOf(at), cell);
            }

            Assert.Equal(cell.Frame, frame);
            region.Seen.Add(at);
        }

        if (isNewHere && !region.Copies && segment is { IsDevice: false, Service: null })
        {
            SeeNeighbours(region, segment, page);
        }

        return segment.Cells[region.IndexOf(page)];
    }

    // Of the 64 KB around a page that was there, what is there is mapped as well.
    private static void SeeNeighbours(ModelRegion region, ModelSegment segment, ulong page)
    {
        ulong first = page & ~15ul;
        for (ulong at = first; at < first + 16; at++)
        {
            bool isThere = at >= region.First && at < region.End
                && segment.Cells.ContainsKey(region.IndexOf(at));
            if (isThere)
            {
                region.Seen.Add(at);
            }
        }
    }

    // A copy; who is the last to see a segment may keep what is there.
    private ModelCell MakeOwn(
        ModelProcess process, ModelRegion region, ModelSegment segment, ulong page,
        in Translation found)
    {
        bool isLast = segment.Mappings.Count == 1 && !segment.IsInUse
            && segment.Service is null;
        ulong index = region.IndexOf(page);
        bool isThere = segment.Cells.TryGetValue(index, out ModelCell? cell);
        if (isLast)
        {
            See(region, segment, page, found);
            ulong first = Start(page, found.Size);
            for (ulong at = first; at < first + found.Size.SmallPages(); at++)
            {
                segment.Cells.Remove(region.IndexOf(at), out ModelCell? kept);
                segment.Kept++;
                region.Seen.Remove(at);
                Forget(kept!);
                region.Own.Add(at, ReferOwn(process, 1, kept!));
            }

            return region.Own[page];
        }

        Assert.Equal(PageSize.Small, found.Size);
        ModelCell copy = ReferOwn(process, 1, new ModelCell(found.Frame, PageSize.Small));
        if (isThere)
        {
            copy.Content = ContentOf(cell!).Copy();
            // It has seen what it copied, and may find it again in a frame that comes back.
            process.Writers.UnionWith(copy.Content.Writers());
        }

        region.Seen.Remove(page);
        region.Own.Add(page, copy);
        return copy;
    }

    private static ulong Start(ulong page, PageSize size) =>
        size == PageSize.Large ? page & ~511ul : page;

    private static Frame FrameAt(in Translation found, ulong page, ulong at) =>
        Frame.Of(found.Frame.Number + at - page);
}
