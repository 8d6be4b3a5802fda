using System;
using System.Runtime.InteropServices;
using Cosmos.Core.Boot;
using Cosmos.Core.Hardware;
using MemOS.Memory.Aslr;

namespace MemOS.Mapping;

/// <summary>
/// The kernel's randomness, seeded by the processor, the clocks and the boot data.
/// </summary>
internal static unsafe class KernelRandom
{
    private const int SeedWords = 16;

    /// <summary>Makes the source.</summary>
    internal static RandomSource Create()
    {
        Span<ulong> seed = stackalloc ulong[SeedWords];
        Entropy.Fill(MemoryMarshal.AsBytes(seed));
        // What the boot code collected: RDSEED, RDRAND, the clocks.
        fixed (ulong* words = seed)
            KernelImage.TakeSeed(words);
        seed[^1] ^= Instruction.ReadTimestamp();
        RandomSource source = new(MemoryMarshal.AsBytes(seed));
        // Safe: the boot information is mapped, and as long as it says.
        source.Stir(new ReadOnlySpan<byte>(
            (void*)BootInfo.InformationRange.Start, (int)BootInfo.InformationRange.Length));
        return source;
    }
}
