using System.Linq;
using MemOS.Memory.Accounts;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Whether both sides agree.</content>
internal sealed partial class MemoryModel
{
    /// <summary>Compares all counts and lists.</summary>
    public void Compare()
    {
        ulong used = _cells + _machine.SealTables + (ulong)_taken.Count;
        ulong promised = 0;
        foreach (ModelSegment segment in _segments)
        {
            Compare(segment, ref used, ref promised);
        }

        foreach (ModelProcess process in _processes)
        {
            Compare(process);
            used++;
        }

        foreach (ModelProcess first in _processes.DistinctBy(p => p.Family))
        {
            used += first.Real.Table.Family.Tables;
            promised += first.Real.PromisedFrames;
        }

        Assert.Equal(_machine.FreeBefore - used, _machine.Frames.FreeFrames);
        Assert.Equal(promised, _machine.Frames.ReservedFrames);
        CompareCharges();
    }

    // What is charged is what there is, to the last byte.
    private void CompareCharges()
    {
        ResourceAmounts charges = default;
        foreach (ModelSegment segment in _segments)
        {
            segment.Real.AddCharges(ref charges);
        }

        foreach (ModelProcess process in _processes)
        {
            process.Real.AddCharges(ref charges);
        }

        foreach (ModelProcess first in _processes.DistinctBy(p => p.Family))
        {
            charges[Resource.KernelBytes] += first.Real.PooledBytes;
        }

        charges[Resource.QueuedSignals] = _machine.Account.Charged[Resource.QueuedSignals];
        Assert.Equal(charges.ToRecord(), _machine.Account.Settle().ToRecord());
    }

    /// <summary>Checks every rule of the whole machine, and every cell's place.</summary>
    public void Audit()
    {
        _machine.Audit(_processes.Select(p => p.Real));
        foreach (ModelSegment segment in _segments)
        {
            Assert.True(segment.Real.IsSound());
        }
    }

    private static void Compare(ModelSegment segment, ref ulong used, ref ulong promised)
    {
        Assert.Equal(segment.State, segment.Real.State);
        Assert.Equal(segment.Mappings.Count, segment.Real.Mappings);
        Assert.Equal(segment.Shares.Count, segment.Real.Shares);
        Assert.Equal(segment.IsInUse, segment.Real.IsInUse);
        Assert.False(segment.Real.HasEnded);
        if (segment.Real is PageSegment<SimulatedMemory> pages)
        {
            Assert.Equal(segment.Resident, pages.ResidentPages);
            Assert.Equal(segment.AllFrames, pages.UsedFrames + pages.PromisedFrames);
            used += pages.UsedFrames - pages.ResidentPages;
            promised += pages.PromisedFrames;
        }

        if (segment.Real is BackedSegment<SimulatedMemory> backed)
        {
            Assert.Equal(segment.Resident, backed.ResidentPages);
            Assert.Equal(segment.Resident + segment.Nodes, backed.UsedFrames);
            used += segment.Nodes;
        }
    }

    private static void Compare(ModelProcess process)
    {
        Assert.Equal(process.Resident, process.Real.ResidentPages);
        Assert.Equal(process.OfSegments, process.Real.SegmentPages);
        TableFamily tables = process.Real.Table.Family;
        Assert.Equal(process.Family.Own, tables.FramesTaken);
        Assert.Equal(
            process.Family.Needed - process.Family.Own - tables.Tables,
            process.Real.PromisedFrames);
        Assert.Equal(process.Regions.Count, process.Real.RegionCount);
        ulong from = 0;
        foreach (ModelRegion expected in process.Regions)
        {
            Assert.True(process.Real.TryFindNext(AddressOf(from), out Region? found));
            Assert.Equal(expected.First, found!.Range.First.Number);
            Assert.Equal(expected.End, found.Range.EndNumber);
            Assert.Equal(expected.Rights, found.Rights);
            Assert.Equal(expected.Backing, found.Backing);
            from = expected.End;
        }
    }
}
