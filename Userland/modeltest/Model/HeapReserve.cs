using System;
using System.Collections.Generic;

namespace MemOS.Modeltest.Model;

/// <summary>
/// Free blocks of all sizes in this program's heap, so that it does not starve itself while
/// another process has all memory.
/// </summary>
internal static class HeapReserve
{
    private const int SmallestBytes = 24;
    private const int LargestBytes = 2048;
    private const int BytesOfEach = 128 << 10;

    // The heap gives a region of blocks back of which none is used: so one always is.
    private const int KeptEvery = 32 << 10;

    // Of an array's block: what it is and how long it is.
    private const int Header = 16;

    private static List<byte[]>? _kept;

    /// <summary>Makes the reserve, or frees it of garbage.</summary>
    internal static void Fill()
    {
        if (_kept is null)
        {
            _kept = [];
            for (int size = SmallestBytes; size <= LargestBytes; size = Next(size))
                Fill(_kept, size);
        }
        GC.Collect();
    }

    private static void Fill(List<byte[]> kept, int size)
    {
        for (int made = 0; made < BytesOfEach; made += size)
        {
            byte[] piece = new byte[size - Header];
            if (made % KeptEvery < size)
                kept.Add(piece);
        }
    }

    // No class of blocks is left out: they are eight bytes or a seventh apart, or more.
    private static int Next(int size) => size + Math.Max(size / 8 / 8 * 8, 8);
}
