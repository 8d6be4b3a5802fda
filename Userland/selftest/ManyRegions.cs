using System;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Many regions of a page, in few page tables: every other page of one that was large. Each has its
/// number in it.
/// </summary>
internal sealed unsafe class ManyRegions : IDisposable
{
    private const uint Page = Memory.PageBytes;
    private const uint Apart = 2 * Page;

    private readonly uint _count;
    private readonly ulong _start;

    internal ManyRegions(uint count)
    {
        _count = count;
        _start = Memory.Allocate((nuint)count * Apart).Start.Value;
        for (uint i = 0; i < count; i++)
        {
            Memory.Free(new(_start + (i * Apart) + Page), Page);
            At(i) = i;
        }
    }

    /// <summary>Whether all have their numbers.</summary>
    internal bool AreRight
    {
        get
        {
            bool areRight = true;
            for (uint i = 0; i < _count; i++)
                areRight &= At(i) == i;
            return areRight;
        }
    }

    /// <summary>Writes something else into each.</summary>
    internal void Scribble()
    {
        for (uint i = 0; i < _count; i++)
            At(i) = ~0ul;
    }

    /// <summary>Gives all of them back.</summary>
    public void Dispose()
    {
        for (uint i = 0; i < _count; i++)
            Memory.Free(new(_start + (i * Apart)), Page);
    }

    // Safe: there are so many until they are given back.
    private ref ulong At(uint i) => ref *(ulong*)(_start + (i * Apart));
}
