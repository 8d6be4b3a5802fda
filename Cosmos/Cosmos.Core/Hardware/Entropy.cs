using System;

namespace Cosmos.Core.Hardware;

/// <summary>
/// Unpredictable bytes: RDRAND where the processor has it, stirred with the time stamp counter.
/// </summary>
public static unsafe class Entropy
{
    private const uint FeatureLeaf = 1;
    private const uint RdRandBit = 1u << 30;
    private const int Attempts = 32;

    private static ulong _state;
    private static Source _source;

    private enum Source : byte
    {
        Unknown,
        Processor,
        CounterOnly,
    }

    /// <summary>Fills memory.</summary>
    public static void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ulong value = Next();
            ReadOnlySpan<byte> source = new(&value, Math.Min(sizeof(ulong), bytes.Length));
            source.CopyTo(bytes);
            bytes = bytes[source.Length..];
        }
    }

    /// <summary>64 unpredictable bits.</summary>
    public static ulong Next()
    {
        if (_source == Source.Unknown)
            _source = HasRdRand() ? Source.Processor : Source.CounterOnly;
        ulong fresh = 0;
        for (int i = 0; _source == Source.Processor && i < Attempts; i++)
        {
            if (Instruction.RdRand(&fresh) != 0)
                break;
        }
        // SplitMix64 over everything so far: bad sources add nothing but take nothing away.
        _state = (_state ^ fresh ^ Instruction.ReadTimestamp()) + 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static bool HasRdRand()
    {
        uint* results = stackalloc uint[4];
        Instruction.Cpuid(FeatureLeaf, 0, results);
        return (results[2] & RdRandBit) != 0;
    }
}
