using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Hog;

/// <summary>All memory that the kernel would give, in as few pieces as it takes.</summary>
internal sealed unsafe class Hoard
{
    private const int MostPieces = 16 * 1024;

    // Beyond this a page is as good as the next, and touching terabytes takes long.
    private const ulong MostTouched = 1UL << 30;

    // Whole large pages first, then what is left between them.
    private static readonly uint[] _pieceSizes = [64 << 20, 2 << 20, 64 << 10, 4 << 10];

    // An array made beforehand: the heap must not need memory when there is none.
    private readonly (Address Start, uint Bytes)[] _pieces = new (Address, uint)[MostPieces];
    private int _count;

    /// <summary>Bytes held.</summary>
    internal ulong Bytes { get; private set; }

    /// <summary>Bytes of pages that were written to.</summary>
    internal ulong BytesTouched { get; private set; }

    /// <summary>What the kernel said in the end.</summary>
    internal ErrorCode LastError { get; private set; }

    /// <summary>Allocates and touches until nothing is left.</summary>
    /// <returns>Whether the kernel said that there is no memory, as it should.</returns>
    internal bool TryFill()
    {
        foreach (uint size in _pieceSizes)
        {
            while (_count < MostPieces && TryTake(size))
            {
                // There may be more.
            }
        }
        return LastError == ErrorCode.NoMemory;
    }

    /// <summary>Gives everything back.</summary>
    internal void Empty()
    {
        foreach ((Address start, uint bytes) in _pieces.AsSpan(0, _count))
            Memory.Free(start, bytes);
        (_count, Bytes, BytesTouched) = (0, 0, 0);
    }

    private bool TryTake(uint size)
    {
        LastError = Memory.TryAllocate(
            size, MemoryRights.ReadWrite, ZeroFirst.Yes, out Address start);
        if (LastError != ErrorCode.None)
            return false;
        _pieces[_count++] = (start, size);
        Bytes += size;
        if (BytesTouched < MostTouched)
            Touch(start, size);
        return true;
    }

    private void Touch(Address start, uint size)
    {
        byte* page = (byte*)start.Value;
        // Safe: the piece is ours until Empty.
        for (uint offset = 0; offset < size; offset += Memory.PageBytes)
            page[offset] = 1;
        BytesTouched += size;
    }
}
