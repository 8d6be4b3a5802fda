using System;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Paging;

/// <summary>
/// Which entries of the top level the kernel half uses: a handful out of 256, so that making an
/// address space copies those alone. Once they were copied there can be no more of them, as the
/// copies would miss the new ones.
/// </summary>
internal sealed class SharedTop
{
    private readonly ushort[] _indexes = new ushort[256];
    private int _count;

    /// <summary>Whether the entries were copied.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Notes an entry that is now in use.</summary>
    public void Add(int index)
    {
        Ensure.That(!IsComplete, "the top level is complete before spaces are made");
        _indexes[_count] = (ushort)index;
        _count++;
    }

    /// <summary>The entries in use; from now on, all that there will be.</summary>
    public ReadOnlySpan<ushort> Complete()
    {
        IsComplete = true;
        return _indexes.AsSpan(0, _count);
    }
}
