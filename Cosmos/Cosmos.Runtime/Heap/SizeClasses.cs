using System;

namespace Cosmos.Runtime.Heap;

/// <summary>The block sizes of small objects: at most a quarter of a block is waste.</summary>
internal static class SizeClasses
{
    /// <summary>Number of classes.</summary>
    internal const int Count = 24;

    /// <summary>Objects above this many bytes get pages of their own.</summary>
    internal const uint Largest = 2048;

    private static ReadOnlySpan<ushort> Sizes =>
    [
        24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640,
        768, 1024, 1360, 1632, 2048,
    ];

    // By size in units of 8 bytes, rounded up.
    private static ReadOnlySpan<byte> Classes =>
    [
        0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 10, 10, 11, 11, 11, 11, 12, 12,
        12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 16,
        16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 18, 18,
        18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19, 19,
        19,
    ];

    /// <summary>The size of a class's blocks, in bytes.</summary>
    internal static uint SizeOf(int sizeClass) => Sizes[sizeClass];

    /// <summary>The class for a size of at most <see cref="Largest"/> bytes.</summary>
    internal static int Of(uint bytes)
    {
        uint words = (bytes + 7) >> 3;
        if (words < (uint)Classes.Length)
            return Classes[(int)words];
        int sizeClass = Classes[^1] + 1;
        while (Sizes[sizeClass] < bytes)
            sizeClass++;
        return sizeClass;
    }
}
