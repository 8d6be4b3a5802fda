using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;
using FaultOutcome = MemOS.Memory.Faults.FaultOutcome;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Segments that are served by a backer.</content>
internal sealed partial class MemoryModel
{
    public void AddBacked(ModelProcess process, ulong pages, BackedService service)
    {
        Assert.True(BackedSegment<SimulatedMemory>.TryCreate(
            _machine.Frames, PageCount.Of(pages), service, new ModelBacker(),
            process.Real.Purse, out BackedSegment<SimulatedMemory>? real));
        _segments.Add(new ModelSegment(real, process)
        {
            State = SegmentState.Writable,
            Lead = 0,
            Service = service,
        });
    }

    /// <summary>Supplies a page with what a process has at another, if it can be read.</summary>
    public void Supply(
        ModelProcess backer, ulong source, ModelSegment segment, ulong page)
    {
        ModelRegion? region = backer.At(source);
        bool isReadable = region is { Segment: not { IsDevice: true } }
            && Lets(region.Rights, Access.Read)
            && ForetellGiving(region, source) == FaultOutcome.Resumed;
        if (!isReadable || segment.Service == BackedService.Accesses)
        {
            return;
        }

        FaultOutcome outcome =
            backer.Real.Reach(AddressOf(source), Access.Read, out Frame from);
        Assert.Equal(FaultOutcome.Resumed, outcome);
        Assert.True(backer.Real.Table.TryTranslate(
            AddressOf(source).Page, out MemOS.Memory.Paging.Translation found));
        ModelCell cell = CellFor(backer, region!, source, Access.Read, found);
        PageContent content = ContentOf(cell);
        BackedSegment<SimulatedMemory> real = (BackedSegment<SimulatedMemory>)segment.Real;
        ulong needed = segment.NodesOver(segment.Cells.Keys.Append(page)) - segment.Nodes
            + segment.FramesPerPage;
        bool isThere = segment.Cells.ContainsKey(page);
        bool isPossible = isThere || needed <= _machine.Available;
        Assert.Equal(
            isPossible ? VmStatus.Done : VmStatus.OutOfMemory,
            real.Supply(PageCount.Of(page), from));
        if (!isThere && isPossible)
        {
            Assert.True(real.TryFind(page, out Frame frame, out _));
            segment.Cells.Add(
                page,
                Refer(new ModelCell(frame, PageSize.Small) { Content = content.Copy() }));
        }
    }

    // What comes of an allowed access.
    private static FaultOutcome ForetellGiving(ModelRegion region, ulong page)
    {
        if (region.Segment is not { Service: BackedService service })
        {
            return FaultOutcome.Resumed;
        }

        bool isThere = region.Own.ContainsKey(page)
            || region.Segment.Cells.ContainsKey(region.IndexOf(page));
        return service == BackedService.Accesses ? FaultOutcome.Served
            : isThere ? FaultOutcome.Resumed : FaultOutcome.Parked;
    }

    private sealed class ModelBacker : Backer;
}
