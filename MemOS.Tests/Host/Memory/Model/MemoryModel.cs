using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>
/// The reference model: processes, regions, segments, memory and rights in plain lists, beside
/// the real ones. Each step foretells its outcome, then does it on both sides.
/// </summary>
internal sealed partial class MemoryModel
{
    private const ulong LastPage = (1ul << 35) - 1;
    private readonly SpaceMachine _machine;
    private readonly List<ModelProcess> _processes = [];
    private readonly List<ModelSegment> _segments = [];
    private ulong _cells;
    private ulong _stamp;

    public MemoryModel(ulong frames, int seed)
    {
        _machine = new SpaceMachine(frames, seed, (PagingFeatures)(seed % 2));
        Begin();
        Begin();
    }

    public IReadOnlyList<ModelProcess> Processes => _processes;

    public IReadOnlyList<ModelSegment> Segments => _segments;

    public void Begin()
    {
        bool isPossible = _machine.Available != 0;
        VmStatus status = _machine.TryCreate(
            out AddressSpace<SimulatedMemory>? real, out uint owner);
        Assert.Equal(isPossible ? VmStatus.Done : VmStatus.OutOfMemory, status);
        Note(status);
        if (isPossible)
        {
            _processes.Add(new ModelProcess(real!, owner, new ModelFamily()));
        }
    }

    /// <summary>
    /// The end of a process: of its memory first or last, of what it owns and was given.
    /// </summary>
    public void End(ModelProcess process, bool isMemoryFirst)
    {
        if (isMemoryFirst)
        {
            Release(process);
        }

        foreach (ModelSegment segment in _segments.ToArray())
        {
            foreach (ModelShare share in segment.Shares.Where(s => s.Holder == process).ToArray())
            {
                EndShare(share);
            }

            if (segment.Owner == process)
            {
                EndOwner(segment);
            }
        }

        if (!isMemoryFirst)
        {
            Release(process);
        }

        _processes.Remove(process);
    }

    public void Allocate(
        ModelProcess process, ulong count, PageRights rights, ZeroFirst zeroFirst)
    {
        ulong available = _machine.Available;
        VmStatus status = process.Real.Allocate(
            PageCount.Of(count), rights, zeroFirst, RegionKind.Allocation, out PageRange range);
        bool isZeroed = zeroFirst == ZeroFirst.Yes || rights.CanExecute;
        ModelRegion region = new()
        {
            First = range.First.Number,
            End = range.EndNumber,
            Rights = rights,
            Backing = isZeroed ? Backing.DemandZero : Backing.Demand,
        };
        AddIfPossible(process, region, 0, available, status);
    }

    public void Free(ModelProcess process, ulong page, ulong count)
    {
        VmStatus expected = Foretell(process, page, count);
        ulong[] copied = expected == VmStatus.Done
            ? [.. SharedAtEdges(process, page, page + count)]
            : [];
        Assert.Equal(expected, process.Real.FreeInPieces(AddressOf(page), count));
        if (expected == VmStatus.Done)
        {
            ReplaceCells(process, copied);
            foreach ((_, ModelCell cell, ulong weight) in process.TakeOut(page, page + count))
            {
                ForgetOwn(process, weight, cell);
            }
        }
    }

    /// <summary>Ends all: nothing may be lost.</summary>
    public void EndAll()
    {
        for (int i = 0; _processes.Count != 0; i++)
        {
            End(_processes[0], i % 2 == 0);
        }

        Assert.Empty(_segments);
        Assert.Equal(0ul, _cells);
        Compare();
        Audit();
        Assert.Equal(0ul, _machine.Frames.ReservedFrames);
        Assert.Empty(_machine.Memory.Machine.Sealed);
    }

    private static VirtualAddress AddressOf(ulong page) => VirtualAddress.Create(page << 12);

    private static VmStatus Foretell(ModelProcess process, ulong page, ulong count)
    {
        if (page is < 16 or >= LastPage)
        {
            return VmStatus.StartOutOfRange;
        }

        if (count == 0 || count > LastPage - page)
        {
            return VmStatus.EndOutOfRange;
        }

        for (ulong at = page; at < page + count;)
        {
            ModelRegion? region = process.At(at);
            if (region is not { IsDemand: true })
            {
                bool isOriginal = region is { Mode: MemOS.Memory.Segments.MappingMode.Original };
                return isOriginal ? VmStatus.Shared : VmStatus.NotAllocated;
            }

            at = region.End;
        }

        return VmStatus.Done;
    }

    private void AddIfPossible(
        ModelProcess process, ModelRegion region, ulong extra, ulong available, VmStatus status)
    {
        ulong needed = region.Needed + extra
            + process.TablesNeeded.CountNew(region.First, region.End);
        Assert.Equal(needed <= available ? VmStatus.Done : VmStatus.OutOfMemory, status);
        Note(status);
        Assert.True(region.First >= 16 && region.End <= LastPage);
        if (status == VmStatus.Done)
        {
            Assert.DoesNotContain(
                process.Regions, r => r.First < region.End && r.End > region.First);
            process.Add(region);
        }
    }

    private void Release(ModelProcess process)
    {
        process.Real.ReleaseInPieces();
        process.Real.Purse.Close();
        foreach (ModelRegion region in process.Regions.ToArray())
        {
            RemoveRegion(process, region);
        }
    }

    // The region is gone in reality.
    private void RemoveRegion(ModelProcess process, ModelRegion region)
    {
        process.Remove(region);
        foreach (ModelCell cell in region.Own.Values)
        {
            ForgetOwn(process, region.FramesPerPage, cell);
        }

        if (region.Segment is not null)
        {
            region.Segment.Mappings.Remove(region);
            EndIfUnused(region.Segment);
        }
    }

    // What a fork shares counts once, for the family.
    private ModelCell ReferOwn(ModelProcess process, ulong weight, ModelCell cell)
    {
        process.Family.Own += cell.References == 0 ? weight : 0;
        return Refer(cell);
    }

    private void ForgetOwn(ModelProcess process, ulong weight, ModelCell cell)
    {
        Forget(cell);
        process.Family.Own -= cell.References == 0 ? weight : 0;
    }

    private ModelCell Refer(ModelCell cell)
    {
        _cells += cell.References == 0 ? 1u : 0u;
        cell.References++;
        return cell;
    }

    private void Forget(ModelCell cell)
    {
        cell.References--;
        _cells -= cell.References == 0 ? 1u : 0u;
    }
}
