using System;

namespace Cosmos.Core.Boot;

/// <summary>Where the pieces of a code are, which has been put into another order.</summary>
/// <param name="start">Virtual address of the code.</param>
/// <param name="bytes">Its length.</param>
/// <param name="pieces">Its pieces, by rising offset.</param>
public readonly ref struct CodeMap(ulong start, ulong bytes, ReadOnlySpan<PiecePlace> pieces)
{
    private readonly ulong _start = start;
    private readonly ulong _bytes = bytes;
    private readonly ReadOnlySpan<PiecePlace> _pieces = pieces;

    /// <summary>Finds the offset at which the linker had put the code at an address.</summary>
    /// <param name="address">A virtual address.</param>
    /// <param name="linked">Counts from the linked image's start, as symbols do.</param>
    public bool TryFindLinked(ulong address, out ulong linked)
    {
        linked = 0;
        ulong offset = address - _start;
        if (offset >= _bytes)
            return false;
        int low = 0;
        int high = _pieces.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_pieces[middle].Offset <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == 0)
            return false;
        PiecePlace piece = _pieces[low - 1];
        linked = offset - piece.Offset + piece.Linked;
        return true;
    }
}
