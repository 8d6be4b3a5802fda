using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>A region as it should be, with its own pages and what it sees of a segment.</summary>
internal sealed class ModelRegion
{
    public required ulong First { get; set; }

    public required ulong End { get; set; }

    public required PageRights Rights { get; init; }

    public required Backing Backing { get; init; }

    /// <summary>What it maps, if it is a mapping.</summary>
    public ModelSegment? Segment { get; init; }

    public ulong Offset { get; init; }

    public MappingMode Mode { get; init; }

    /// <summary>Pages that are the process's alone, by number.</summary>
    public Dictionary<ulong, ModelCell> Own { get; } = [];

    /// <summary>Pages through which the segment's memory was looked at.</summary>
    public HashSet<ulong> Seen { get; } = [];

    public ulong Pages => End - First;

    public bool IsDemand => Segment is null;

    public bool Copies => Mode == MappingMode.CopyOnWrite;

    public bool Writes => Rights.CanWrite && !Copies;

    /// <summary>Frames that its process must be able to get for pages.</summary>
    public ulong Needed => IsDemand ? Pages * FramesPerPage : Copies ? Pages : 0;

    public ulong FramesPerPage => Rights.CanExecute && IsDemand ? 2u : 1u;

    public ulong Resident =>
        (ulong)Own.Count + (Segment is { IsDevice: false } ? (ulong)Seen.Count : 0);

    public bool Has(ulong page) => Own.ContainsKey(page) || Seen.Contains(page);

    /// <summary>The page of the segment that a page here is.</summary>
    public ulong IndexOf(ulong page) => page - First + Offset;

    /// <summary>The same in a copy of the process, but for the pages of its own.</summary>
    public ModelRegion Copy()
    {
        ModelRegion copy = new()
        {
            First = First,
            End = End,
            Rights = Rights,
            Backing = Backing,
            Segment = Segment,
            Offset = Offset,
            Mode = Mode == MappingMode.Original ? MappingMode.Mutual : Mode,
        };
        copy.Seen.UnionWith(Seen);
        return copy;
    }

    /// <summary>The same over other pages, without what is there.</summary>
    public ModelRegion Over(ulong first, ulong end) => new()
    {
        First = first,
        End = end,
        Rights = Rights,
        Backing = Backing,
        Segment = Segment,
        Offset = Offset,
        Mode = Mode,
    };
}
