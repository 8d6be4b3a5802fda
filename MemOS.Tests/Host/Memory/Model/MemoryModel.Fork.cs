using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Copies of processes, and what is copied of them when.</content>
internal sealed partial class MemoryModel
{
    public void Fork(ModelProcess process)
    {
        // All that the copy can need, and its top-level table.
        ulong needed = process.Needed + process.TablesNeeded.Count + 1;
        bool isPossible = needed <= _machine.Available;
        if (isPossible)
        {
            ForkInVain(process);
        }

        VmStatus status = _machine.TryFork(
            process.Real, out AddressSpace<SimulatedMemory>? real, out uint owner);
        Assert.Equal(isPossible ? VmStatus.Done : VmStatus.OutOfMemory, status);
        Note(status);
        if (!isPossible)
        {
            Assert.Null(real);
            return;
        }

        ModelProcess copy = new(real!, owner, process.Family)
        {
            Signals = process.Signals.Copy(),
        };
        copy.Writers.UnionWith(process.Writers);
        foreach (ModelRegion region in process.Regions)
        {
            ModelRegion same = region.Copy();
            copy.Add(same);
            same.Segment?.Mappings.Add(same);
            foreach ((ulong page, ModelCell cell) in region.Own)
            {
                same.Own.Add(page, ReferOwn(copy, region.FramesPerPage, cell));
            }
        }

        _processes.Add(copy);
    }

    // A copy that is given up half-way has changed nothing.
    private void ForkInVain(ModelProcess process)
    {
        Assert.Equal(VmStatus.Done, _machine.TryBeginCopy(
            process.Real, out AddressSpace<SimulatedMemory>? copy, out _));
        for (int i = process.Regions.Count / 2; i > 0; i--)
        {
            WorkBudget budget = WorkBudget.Of(1);
            Assert.Equal(VmStatus.Unfinished, copy!.TryGoOnCopying(null, ref budget));
        }

        copy!.GiveUpCopying();
        copy.ReleaseInPieces();
    }

    // Own pages of a range that others see too.
    private static IEnumerable<ulong> SharedIn(ModelProcess process, ulong first, ulong end) =>
        process.Regions.Where(r => r.First < end && r.End > first).SelectMany(r => r.Own)
            .Where(p => p.Key >= first && p.Key < end && p.Value.References > 1)
            .Select(p => p.Key);

    // Of a page that is written: itself, or all of the large page.
    private static IEnumerable<ulong> SharedAround(ModelProcess process, ulong page)
    {
        bool isThere = process.Real.Table.TryTranslate(AddressOf(page).Page, out Translation found);
        ulong first = Start(page, found.Size);
        return isThere ? SharedIn(process, first, first + found.Size.SmallPages()) : [];
    }

    // Large pages across the ends of what changes are copied before they are split.
    private static IEnumerable<ulong> SharedAtEdges(ModelProcess process, ulong first, ulong end)
    {
        IEnumerable<ulong> lower = (first & 511) != 0 ? SharedIfLarge(process, first) : [];
        IEnumerable<ulong> upper = (end & 511) != 0 ? SharedIfLarge(process, end - 1) : [];
        return lower.Union(upper);
    }

    private static IEnumerable<ulong> SharedIfLarge(ModelProcess process, ulong page) =>
        process.Real.Table.TryTranslate(AddressOf(page).Page, out Translation found)
            && found.Size == PageSize.Large
            ? SharedAround(process, page)
            : [];

    // These pages were copied: each has a frame of its own now, unless it is gone already.
    private void ReplaceCells(ModelProcess process, ulong[] pages)
    {
        foreach (ulong page in pages)
        {
            ModelRegion region = process.At(page)!;
            ModelCell old = region.Own[page];
            bool isThere = process.Real.Table.TryTranslate(
                AddressOf(page).Page, out Translation found);
            ModelCell copy = new(isThere ? found.Frame : old.Frame, found.Size);
            Assert.True(!isThere || found.Frame != old.Frame, "what others see is copied");
            copy.Content = isThere ? ContentOf(old).Copy() : old.Content?.Copy();
            ForgetOwn(process, region.FramesPerPage, old);
            region.Own[page] = ReferOwn(process, region.FramesPerPage, copy);
        }
    }
}
