using System;

namespace Cosmos.TestRunner.Protocol;

/// <summary>The CRC-32 of IEEE 802.3, which guards every result frame on the serial line.</summary>
public static class Crc32
{
    /// <summary>The check value of <paramref name="bytes"/>.</summary>
    /// <remarks>
    /// Computed bit by bit: a frame is short, and a table would need a static constructor in
    /// kernels whose static constructors may be the very thing under test.
    /// </remarks>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        const uint ReversedPolynomial = 0xEDB88320;
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                uint mask = 0u - (remainder & 1);
                remainder = (remainder >> 1) ^ (ReversedPolynomial & mask);
            }
        }

        return ~remainder;
    }
}
