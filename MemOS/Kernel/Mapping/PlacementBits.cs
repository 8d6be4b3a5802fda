using System.Numerics;
using Cosmos.Core.Boot;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;

namespace MemOS.Mapping;

/// <summary>
/// How many bits of chance there are in each kind of place: the binary logarithm of how many
/// places it was drawn from, all alike. That is no secret; what was drawn is.
/// </summary>
internal static class PlacementBits
{
    /// <summary>Writes the figures of this boot to the log.</summary>
    internal static void Write(KernelMemory memory)
    {
        Log.Info($"placement: kernel image {Bits(KernelImage.VirtualPlaces)} bits, its "
            + $"parts apart {Bits(KernelImage.PlacesOfPart)}, in RAM "
            + $"{Bits(KernelImage.PhysicalPlaces)}");
        Log.Info($"placement: {KernelImage.PieceCount} pieces of kernel code, "
            + (KernelImage.OrderSource == SeedSource.CommandLine
                ? "in the order of seed=, as the image's places"
                : "in an order of this boot")
            + $", in {KernelImage.PlacementTicks} ticks");
        if (KernelImage.SeedSource == SeedSource.Clocks)
        {
            Log.Warn("random: the seed is weak: the processor has neither RDSEED nor RDRAND, "
                + "so it comes from the clocks alone");
        }
        ulong directMaps = KernelLayout.Places(
            KernelLayout.DirectMap, memory.DirectMap.Count, PageSize.Large);
        ulong heaps = KernelLayout.Places(KernelLayout.Heap, HeapWindow.Pages, PageSize.Small);
        Log.Info($"placement: direct map {Bits(directMaps)} bits, kernel heap {Bits(heaps)}, "
            + $"each piece in it {Bits(HeapWindow.Pages.Value)}");
        PageRange program = Placement.Bounds(CpuFeatures.Width);
        ulong large = program.Count.Value / PageSize.Large.SmallPages();
        Log.Info($"placement: an allocation {Bits(program.Count.Value)} bits at 4 KB, "
            + $"{Bits(large)} at 2 MB");
    }

    // By hand: the library's logarithm is native code that kernels do without.
    private static string Bits(ulong places)
    {
        const int FractionBits = 10;
        const int Hundred = 100;
        int whole = BitOperations.Log2(places);
        double rest = (double)places / (1UL << whole);
        int fraction = 0;
        for (int i = 0; i < FractionBits; i++)
        {
            // The square has twice the logarithm, whose next bit is whether it reaches 2.
            rest *= rest;
            bool isSet = rest >= 2;
            rest = isSet ? rest / 2 : rest;
            fraction = (fraction << 1) | (isSet ? 1 : 0);
        }
        int hundredths =
            ((whole << FractionBits | fraction) * Hundred + (1 << (FractionBits - 1)))
            >> FractionBits;
        return $"{hundredths / Hundred}.{hundredths % Hundred:D2}";
    }
}
