using System.Collections.Generic;

namespace MemOS.Modeltest.Model;

/// <summary>What may be left in frames that a process has had before.</summary>
/// <param name="owner">The process's number: its own marks.</param>
internal sealed class ModelTraces(uint owner)
{
    private const int Room = 32;

    private readonly HashSet<uint> _writers = [owner];

    /// <summary>
    /// Whether it may be more than marks: of a page that two copies of a process had, one goes
    /// back, be it of the stack or the heap.
    /// </summary>
    internal bool HasMore { get; set; }

    /// <summary>Nothing has to be allocated for a while when more is added.</summary>
    internal void MakeRoom() => _writers.EnsureCapacity(_writers.Count + Room);

    /// <summary>It has copied this, and may find it again.</summary>
    internal void Add(ulong word)
    {
        if (Mark.Is(word))
            _writers.Add(Mark.WriterOf(word));
        else if (word != 0)
            HasMore = true;
    }

    /// <summary>It is a copy of one that may find this.</summary>
    internal void Add(ModelTraces others)
    {
        _writers.UnionWith(others._writers);
        HasMore |= others.HasMore;
    }

    /// <summary>Whether this may be left there.</summary>
    internal bool Has(ulong word) =>
        Mark.Is(word) ? _writers.Contains(Mark.WriterOf(word)) : HasMore;
}
