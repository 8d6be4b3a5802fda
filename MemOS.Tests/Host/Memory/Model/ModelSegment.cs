using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Segments;
using MemOS.Tests.Host.Memory.Simulation;
using MemOS.Tests.Model;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>What a process was given of a segment.</summary>
internal sealed record ModelShare(
    ModelSegment Segment, ModelProcess Holder, PageRights Rights, MappingMode Mode)
{
    public SegmentShare Real => new(Rights, Mode);

    public bool Writes => Rights.CanWrite && Mode != MappingMode.CopyOnWrite;
}

/// <summary>A segment as it should be; the rights are worked out anew from who has what.</summary>
internal sealed class ModelSegment(Segment<SimulatedMemory> real, ModelProcess owner)
{
    public Segment<SimulatedMemory> Real => real;

    public ModelProcess? Owner { get; set; } = owner;

    public List<ModelShare> Shares { get; } = [];

    public List<ModelRegion> Mappings { get; } = [];

    /// <summary>Memory by page; what is missing was not touched yet.</summary>
    public Dictionary<ulong, ModelCell> Cells { get; } = [];

    /// <summary>Pages that the last mapping has kept for its own.</summary>
    public ulong Kept { get; set; }

    public required SegmentState State { get; set; }

    /// <summary>Pages up to where large frames are aligned, before the first.</summary>
    public required ulong Lead { get; init; }

    public bool IsDevice { get; init; }

    /// <summary>What its backer does, if it has one.</summary>
    public BackedService? Service { get; init; }

    // What is never copied nor executed.
    private bool IsNoMemory => IsDevice || Service == BackedService.Accesses;

    public ulong Pages => real.Pages.Value;

    public bool IsInUse => Owner is not null || Shares.Count != 0;

    public bool HasEnded => !IsInUse && Mappings.Count == 0;

    public ulong FramesPerPage => State == SegmentState.Executable ? 2u : 1u;

    /// <summary>Frames it has and frames kept for it, however many of them are there.</summary>
    public ulong AllFrames =>
        IsDevice
            ? 0
            : Resident + ((Pages - Resident - Kept) * FramesPerPage) + NodesFor(Lead + Pages);

    public ulong Resident => (ulong)Cells.Count;

    /// <summary>Of one with a backer: nodes on the ways to the pages that are there.</summary>
    public ulong Nodes => NodesOver(Cells.Keys);

    public ulong NodesOver(IEnumerable<ulong> pages)
    {
        ulong[] those = [.. pages];
        ulong nodes = 0;
        int shift = 0;
        for (ulong left = Pages; left > 1; left = (left + 511) / 512)
        {
            shift += 9;
            nodes += (ulong)those.Select(page => page >> shift).Distinct().Count();
        }

        return nodes;
    }

    public static ulong NodesFor(ulong pages)
    {
        ulong nodes = 0;
        for (ulong left = pages; left > 1;)
        {
            left = (left + 511) / 512;
            nodes += left;
        }

        return nodes;
    }

    /// <summary>Whether no frame can be both written and executed, with one mapping more.</summary>
    public bool MayMap(PageRights rights, MappingMode mode) =>
        RoadRule.MayMap(Kind, Mapped, Shared, RoadOf(rights, mode));

    /// <summary>The same for one share more.</summary>
    public bool MayShare(PageRights rights, MappingMode mode) =>
        RoadRule.MayShare(Kind, Mapped, Shared, RoadOf(rights, mode));

    public bool IsKnownTo(ModelProcess process) =>
        Owner == process || Shares.Any(s => s.Holder == process);

    private FrameKind Kind =>
        IsNoMemory ? FrameKind.Device
        : State == SegmentState.Executable ? FrameKind.Code
        : State == SegmentState.Writable && Service != BackedService.PagesToCopy
            ? FrameKind.Writable
        : FrameKind.Constant;

    private Roads Mapped =>
        Mappings.Aggregate(Roads.None, (all, m) => all | RoadOf(m.Rights, m.Mode));

    private Roads Shared =>
        Shares.Aggregate(Roads.None, (all, s) => all | RoadOf(s.Rights, s.Mode));

    // To execute a copy is a wish that has no value.
    private static Roads RoadOf(PageRights rights, MappingMode mode)
    {
        bool isCopy = mode == MappingMode.CopyOnWrite;
        if (rights.CanExecute)
        {
            return isCopy ? Roads.Execute | Roads.Copy : Roads.Execute;
        }

        return rights == PageRights.None ? Roads.None
            : !rights.CanWrite ? Roads.Read
            : isCopy ? Roads.Copy : Roads.Write;
    }
}
