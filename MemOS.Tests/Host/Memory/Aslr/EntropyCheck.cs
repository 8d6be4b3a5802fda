using System;

namespace MemOS.Tests.Host.Memory.Aslr;

/// <summary>How random numbers look. Seeds are fixed, so a verdict never changes.</summary>
internal static class EntropyCheck
{
    // Standard deviations: far more than any of some thousand sums of coin tosses strays.
    private const double Limit = 5.5;

    /// <summary>Each bit is set in half of the numbers.</summary>
    public static void RequireOpenBits(ReadOnlySpan<ulong> numbers, int bits)
    {
        for (int bit = 0; bit < bits; bit++)
        {
            int set = 0;
            foreach (ulong number in numbers)
            {
                set += (int)(number >> bit) & 1;
            }

            RequireHalf(set, numbers.Length, "bit " + bit);
        }
    }

    /// <summary>
    /// No bit of a number tells a bit of its partner, and their distance is open in each bit.
    /// </summary>
    public static void RequireUnrelated(
        ReadOnlySpan<ulong> numbers, ReadOnlySpan<ulong> partners, int bits)
    {
        ulong[] distances = new ulong[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            distances[i] = partners[i] - numbers[i];
        }

        RequireOpenBits(distances, bits);
        for (int turn = 0; turn < bits; turn++)
        {
            int[] equal = new int[bits];
            for (int i = 0; i < numbers.Length; i++)
            {
                ulong partner = partners[i] & ((1ul << bits) - 1);
                ulong turned = (partner >> turn) | (partner << (bits - turn));
                ulong alike = ~(numbers[i] ^ turned);
                for (int bit = 0; bit < bits; bit++)
                {
                    equal[bit] += (int)(alike >> bit) & 1;
                }
            }

            for (int bit = 0; bit < bits; bit++)
            {
                RequireHalf(equal[bit], numbers.Length, $"bit {bit} turned by {turn}");
            }
        }
    }

    private static void RequireHalf(int count, int of, string what)
    {
        double deviation = Math.Abs(count - (of / 2.0)) / (Math.Sqrt(of) / 2);
        Assert.True(deviation < Limit, $"{what}: {count} of {of}");
    }
}
