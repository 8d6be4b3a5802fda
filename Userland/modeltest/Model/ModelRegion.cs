using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Tests.Model;

namespace MemOS.Modeltest.Model;

/// <summary>A region as it should be: an allocation, or a mapping of a segment.</summary>
internal sealed class ModelRegion
{
    /// <summary>The first page, by number.</summary>
    internal required ulong First { get; init; }

    /// <summary>The page after the last.</summary>
    internal required ulong End { get; init; }

    internal required MemoryRights Rights { get; init; }

    /// <summary>What an allocation can begin with; null if it begins zeroed.</summary>
    internal ModelTraces? Traces { get; init; }

    /// <summary>What it maps, if it is a mapping.</summary>
    internal ModelSegment? Segment { get; init; }

    /// <summary>The first page of the segment.</summary>
    internal ulong Offset { get; init; }

    internal bool Copies { get; init; }

    /// <summary>Whether the segment was made of these pages.</summary>
    internal bool IsOriginal { get; init; }

    /// <summary>Pages that are the process's alone, as far as it looked at them.</summary>
    internal Dictionary<ulong, ModelPage> Own { get; } = [];

    internal ulong Pages => End - First;

    internal RegionKind Kind { get; init; } = RegionKind.Allocation;

    internal Roads Roads =>
        Rights.HasFlag(MemoryRights.Execute) ? Roads.Execute
        : !Rights.HasFlag(MemoryRights.Write) ? Roads.Read
        : Copies ? Roads.Copy : Roads.Write;

    /// <summary>Code can be read too, where the processor cannot forbid that.</summary>
    internal bool Allows(MemoryRights access) => (access & ~Rights) == 0
        || (access == MemoryRights.Read && Rights == MemoryRights.Execute
            && Processor.ReadsCode);

    internal bool Contains(ulong page) => page >= First && page < End;

    /// <summary>The page of the segment that a page here is.</summary>
    internal ulong IndexOf(ulong page) => page - First + Offset;

    /// <summary>What was seen of a page; null if it was not looked at.</summary>
    internal ModelPage? Find(ulong page) =>
        Own.GetValueOrDefault(page) ?? Segment?.Find(IndexOf(page));

    /// <summary>What is in a page: it was looked at, or its backer would supply it.</summary>
    internal ModelPage? Foresee(ulong page) => Find(page) ?? Segment?.Backing switch
    {
        { IsOfAccesses: false } backing => backing.Supply(IndexOf(page)),
        _ => null,
    };

    /// <summary>The backer that has to be asked about a page; null if nobody has to.</summary>
    internal ModelBacking? BackingOf(ulong page) =>
        Find(page) is null ? Segment?.Backing : null;

    /// <summary>Whether this can be in a page that nobody looked at.</summary>
    internal bool CanBeginWith(ulong word) => Segment is null
        ? word == 0 || Traces?.Has(word) == true
        : Segment.CanBeginWith(word);

    /// <summary>The same in a copy of the process, with what only that one sees.</summary>
    /// <param name="traces">What memory of the copy can begin with.</param>
    internal ModelRegion Copy(ModelTraces traces)
    {
        ModelRegion copy = new()
        {
            First = First,
            End = End,
            Rights = Rights,
            Traces = Traces is null ? null : traces,
            Segment = Segment,
            Offset = Offset,
            Copies = Copies,
            Kind = Kind,
        };
        foreach ((ulong page, ModelPage content) in Own)
            copy.Own.Add(page, content.Copy());
        return copy;
    }

    /// <summary>The same over other pages, with nothing of what was seen.</summary>
    internal ModelRegion Over(ulong first, ulong end) => new()
    {
        First = first,
        End = end,
        Rights = Rights,
        Traces = Traces,
    };
}
