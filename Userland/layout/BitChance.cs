using System.Numerics;

namespace MemOS.Layout;

/// <summary>Which bits of numbers are chance, as far as samples show it.</summary>
internal sealed class BitChance
{
    // Squares of standard deviations: chance by itself goes further once in 150,000 bits.
    private const long FarthestSquared = 20;

    private readonly long[] _ones = new long[64];
    private long _samples;

    /// <summary>The number of bits up to the highest that any sample has set.</summary>
    internal int Width { get; private set; }

    /// <summary>Counts a sample's bits.</summary>
    internal void Add(ulong sample)
    {
        _samples++;
        for (int bit = 0; bit < _ones.Length; bit++)
            _ones[bit] += (long)(sample >> bit) & 1;
        int width = 64 - BitOperations.LeadingZeroCount(sample);
        if (width > Width)
            Width = width;
    }

    /// <summary>How many bits are set about as often as not.</summary>
    internal int Count()
    {
        int count = 0;
        foreach (long ones in _ones)
        {
            long surplus = (2 * ones) - _samples;
            if (surplus * surplus <= FarthestSquared * _samples)
                count++;
        }
        return count;
    }
}
