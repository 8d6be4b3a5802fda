using System;
using System.Security.Cryptography;

namespace IL2CPU.Order;

/// <summary>
/// A generator of orders that is the same for the same seed, on any machine (SplitMix64). It makes
/// builds repeatable; the seed itself is what has to be unknown.
/// </summary>
internal sealed class RandomOrder(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A seed that no one can guess.</summary>
    internal static ulong NewSeed() =>
        BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Puts items into an order of which each is as likely as another.</summary>
    internal void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = (int)Below((ulong)last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    // The bias of the high half of a product is below 2^-32 for what a program has of functions.
    private ulong Below(ulong limit) => Math.BigMul(Next(), limit, out _);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
