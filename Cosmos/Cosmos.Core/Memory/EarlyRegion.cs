using System;
using System.Numerics;
using Cosmos.Core.Boot;

namespace Cosmos.Core.Memory;

/// <summary>
/// Pages inside the kernel's image, for the time before anything manages memory. Works from the
/// first instruction on: needs no heap, no statics' constructors and no memory map.
/// </summary>
public static unsafe class EarlyRegion
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4096;

    private const int MostPages = 512;
    private const int BitsPerWord = 64;

    private static Map _map;

    /// <summary>Bytes that are handed out.</summary>
    public static nuint UsedBytes
    {
        get
        {
            int pages = 0;
            for (int i = 0; i < MostPages / BitsPerWord; i++)
                pages += BitOperations.PopCount(_map.Words[i]);
            return (nuint)pages * PageBytes;
        }
    }

    /// <summary>Bytes of the region.</summary>
    public static nuint TotalBytes => (nuint)(KernelImage.EarlyPagesEnd() - Start);

    private static byte* Start => KernelImage.EarlyPages();

    private static int PageCount => Math.Min(MostPages, (int)(TotalBytes / PageBytes));

    /// <summary>Gets zeroed pages that lie side by side.</summary>
    /// <param name="bytes">A multiple of <see cref="PageBytes"/>.</param>
    /// <returns>The first byte, page-aligned, or null when there is no such room.</returns>
    public static byte* Allocate(nuint bytes)
    {
        nuint wanted = bytes / PageBytes;
        if (wanted == 0 || wanted > (nuint)PageCount)
            return null;
        int run = 0;
        for (int page = 0; page < PageCount; page++)
        {
            if (page % BitsPerWord == 0 && _map.Words[page / BitsPerWord] == ulong.MaxValue)
            {
                run = 0;
                page += BitsPerWord - 1;
                continue;
            }
            run = IsUsed(page) ? 0 : run + 1;
            if (run != (int)wanted)
                continue;
            int first = page + 1 - run;
            for (int i = first; i <= page; i++)
                _map.Words[i / BitsPerWord] |= 1UL << (i % BitsPerWord);
            return Start + (nuint)first * PageBytes;
        }
        return null;
    }

    /// <summary>Whether an address is in the region.</summary>
    public static bool Contains(byte* address) =>
        address >= Start && address < KernelImage.EarlyPagesEnd();

    /// <summary>Gives pages back, and clears them for the next who asks.</summary>
    /// <param name="start">Start of a page in the region.</param>
    /// <param name="bytes">A multiple of <see cref="PageBytes"/>.</param>
    public static void Free(byte* start, nuint bytes)
    {
        new Span<byte>(start, (int)bytes).Clear();
        int first = (int)((nuint)(start - Start) / PageBytes);
        int end = first + (int)(bytes / PageBytes);
        for (int i = first; i < end; i++)
            _map.Words[i / BitsPerWord] &= ~(1UL << (i % BitsPerWord));
    }

    private static bool IsUsed(int page) =>
        (_map.Words[page / BitsPerWord] >> (page % BitsPerWord) & 1) != 0;

    // A bit a page, set when it is handed out.
    private struct Map
    {
        internal fixed ulong Words[MostPages / BitsPerWord];
    }
}
