using System;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// The machine's first randomness: RDSEED and RDRAND where the processor has them, the clocks and
/// how long it takes to read them otherwise.
/// </summary>
internal unsafe ref struct SeedCollector
{
    private const int KeyWords = 4;
    private const ulong Stirrer = 0x9E3779B97F4A7C15;

    private const uint FeatureLeaf = 1;
    private const uint RdRandBit = 1u << 30;
    private const uint StructuredLeaf = 7;
    private const uint RdSeedBit = 1u << 18;
    private const int Attempts = 64;
    private const int WordsWanted = 8;

    // Of the clock chip: time, date and its two status registers.
    private const ushort ClockIndex = 0x70;
    private const ushort ClockData = 0x71;
    private const byte ClockBytes = 14;
    private const byte NoInterrupt = 0x80;
    private const ushort TimerCounter = 0x40;
    private const int TimerReads = 256;

    private fixed ulong _key[KeyWords];
    private int _at;

    /// <summary>Makes a key of what this machine has.</summary>
    /// <param name="key">Four words, which are written.</param>
    internal static SeedSource Collect(ulong* key)
    {
        SeedCollector seed = default;
        seed.StirClocks();
        SeedSource source = seed.StirProcessor();
        seed.CopyTo(key);
        return source;
    }

    /// <summary>Makes a key of a text, the same one each time.</summary>
    internal static void Repeat(ReadOnlySpan<byte> text, ulong* key)
    {
        SeedCollector seed = default;
        foreach (byte one in text)
            seed.Add(one + 1u);
        seed.CopyTo(key);
    }

    private void StirClocks()
    {
        for (byte i = 0; i < ClockBytes; i++)
        {
            Instruction.Out8(ClockIndex, (byte)(i | NoInterrupt));
            Stir(Instruction.In8(ClockData));
        }
        for (int i = 0; i < TimerReads; i++)
            Stir(Instruction.In8(TimerCounter));
    }

    private SeedSource StirProcessor()
    {
        uint* results = stackalloc uint[4];
        Instruction.Cpuid(FeatureLeaf, 0, results);
        bool hasRdRand = (results[2] & RdRandBit) != 0;
        Instruction.Cpuid(0, 0, results);
        bool hasRdSeed = false;
        if (results[0] >= StructuredLeaf)
        {
            Instruction.Cpuid(StructuredLeaf, 0, results);
            hasRdSeed = (results[1] & RdSeedBit) != 0;
        }
        int words = 0;
        ulong fresh;
        for (int i = 0; hasRdSeed && i < Attempts && words < WordsWanted; i++)
        {
            if (Instruction.RdSeed(&fresh) == 0)
                continue;
            Stir(fresh);
            words++;
        }
        for (int i = 0; hasRdRand && i < Attempts && words < 2 * WordsWanted; i++)
        {
            if (Instruction.RdRand(&fresh) == 0)
                continue;
            Stir(fresh);
            words++;
        }
        return words >= WordsWanted ? SeedSource.Processor : SeedSource.Clocks;
    }

    private void Stir(ulong value) => Add(value ^ Instruction.ReadTimestamp());

    // Each word takes from the one before it, so that all depend on all that came.
    private void Add(ulong value)
    {
        ulong before = _key[_at];
        _at = (_at + 1) % KeyWords;
        ulong mixed = ((_key[_at] ^ value) + before) * Stirrer;
        _key[_at] = ulong.RotateLeft(mixed, 29) ^ (mixed >> 32);
    }

    private void CopyTo(ulong* key)
    {
        // What came last reaches the other words too.
        for (int i = 0; i < 2 * KeyWords; i++)
            Add((ulong)i);
        for (int i = 0; i < KeyWords; i++)
            key[i] = _key[i];
    }
}
