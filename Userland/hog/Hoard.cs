using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Hog;

/// <summary>All memory that the kernel would give, in as few pieces as it takes.</summary>
internal sealed unsafe class Hoard
{
    // Enough for a terabyte.
    private const int MostPieces = 16 * 1024;

    // Pieces are written to from end to end up to here; of those beyond only the first page is.
    private const ulong MostTouched = 32 << 20;

    // Whole large pages first, then what is left between them.
    private static readonly uint[] _pieceSizes = [64 << 20, 2 << 20, 64 << 10, 4 << 10];

    // An array made beforehand: the heap must not need memory when there is none.
    private readonly (Address Start, uint Bytes)[] _pieces = new (Address, uint)[MostPieces];
    private int _count;

    /// <summary>Pieces held.</summary>
    internal int Pieces => _count;

    /// <summary>Bytes held.</summary>
    internal ulong Bytes { get; private set; }

    /// <summary>Bytes of pages that were written to.</summary>
    internal ulong BytesTouched { get; private set; }

    /// <summary>Allocates until nothing is left.</summary>
    /// <returns>What the kernel said in the end: that there is no memory, it should be.</returns>
    internal ErrorCode Fill()
    {
        ErrorCode error = ErrorCode.None;
        foreach (uint size in _pieceSizes)
        {
            do
                error = Take(size);
            while (error == ErrorCode.None && _count < MostPieces);
        }
        return error;
    }

    /// <summary>Gives everything back.</summary>
    internal void Empty()
    {
        foreach ((Address start, uint bytes) in _pieces.AsSpan(0, _count))
            Memory.Free(start, bytes);
        (_count, Bytes, BytesTouched) = (0, 0, 0);
    }

    private ErrorCode Take(uint size)
    {
        ErrorCode error = Memory.TryAllocate(
            size, MemoryRights.ReadWrite, ZeroFirst.Yes, out Address start);
        if (error != ErrorCode.None)
            return error;
        _pieces[_count++] = (start, size);
        Bytes += size;
        Touch(start, BytesTouched < MostTouched ? size : Memory.PageBytes);
        return error;
    }

    private void Touch(Address start, uint bytes)
    {
        byte* page = (byte*)start.Value;
        // Safe: the piece is ours until Empty.
        for (uint offset = 0; offset < bytes; offset += Memory.PageBytes)
            page[offset] = 1;
        BytesTouched += bytes;
    }
}
