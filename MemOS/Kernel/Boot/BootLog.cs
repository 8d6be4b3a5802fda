using System;
using Cosmos.Core;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory.Addresses;

namespace MemOS.Boot;

/// <summary>Says what was found. Not where the kernel is: that is no program's business.</summary>
internal static class BootLog
{
    /// <summary>Writes it all.</summary>
    internal static void Write(KernelMemory memory)
    {
        const CpuFeature All = (CpuFeature)uint.MaxValue;
        Log.Info($"MemOS on {CPU.GetCPUBrandString().Trim()}");
        Log.Info($"cpu: has {CpuFeatures.Names(CpuFeatures.Found)}");
        Log.Info($"cpu: lacks {CpuFeatures.Names(All & ~CpuFeatures.Found)}");
        Log.Info(CpuFeatures.Has(CpuFeature.Pku)
            ? "cpu: execute-only memory cannot be read, by protection keys"
            : "cpu: execute-only memory can be read too: there are no protection keys");
        Log.Info($"memory: {Megabytes(memory.Frames.TotalFrames)} MB, "
            + $"{Megabytes(memory.Frames.FreeFrames)} MB free");
        Log.Info($"memory: {CpuFeatures.Width.Levels()} levels of page tables, addresses of "
            + $"{CpuFeatures.Width.Bits()} bits");
        PlacementBits.Write(memory);
        Log.Info("memory: own page tables, NX and WP on; the boot loader's tables are gone");
    }

    private static ulong Megabytes(ulong frames) => frames * PageSizes.SmallBytes >> 20;
}
