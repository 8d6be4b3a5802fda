using System;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Memory;

/// <summary>
/// The map in which a plain kernel sees physical memory at its own address. The boot stub makes
/// it for the low 4 GB; this extends it, in 2 MB pages, read-write and not executable.
/// </summary>
public static unsafe class IdentityMap
{
    /// <summary>
    /// Bytes at address zero that are not mapped: a null reference plus a field's offset.
    /// </summary>
    internal const ulong NullArea = 0x10000;

    private const ulong BootEnd = 1UL << 32;
    private const ulong LargePage = 2 << 20;
    private const ulong LowerHalfEnd = 1UL << 47;

    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong WriteThrough = 8;
    private const ulong CacheDisable = 16;
    private const ulong Large = 0x80;
    private const ulong NoExecute = 1UL << 63;
    private const ulong FiveLevels = 1 << 12;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    /// <summary>Sees to it that RAM can be reached at its physical address.</summary>
    /// <returns>False when there is no memory for page tables.</returns>
    public static bool CoverMemory(PhysicalRange range) => Cover(range, 0);

    /// <summary>Sees to it that device memory can be reached, uncached.</summary>
    /// <returns>False when there is no memory for page tables.</returns>
    public static bool CoverDevice(PhysicalRange range) =>
        Cover(range, CacheDisable | WriteThrough);

    /// <summary>
    /// Takes execution away from the code of the boot stub, which is free memory from now on.
    /// </summary>
    /// <param name="loaded">Physical address of the image that the boot loader brought.</param>
    internal static void Close(ulong loaded)
    {
        *Entry(loaded) |= Writable | NoExecute;
        Instruction.WriteCr3(Instruction.ReadCr3());
    }

    /// <summary>
    /// Makes the pages read-only that nothing writes once the runtime has started: types.
    /// </summary>
    internal static void SealTypes()
    {
        ImagePart types = KernelImage.Types;
        for (byte* page = types.Start; page < types.End; page += EarlyRegion.PageBytes)
        {
            // Safe: the image is mapped in small pages, whose tables lie in low memory.
            ulong* table = (ulong*)(*Entry((ulong)page) & AddressMask);
            table[(ulong)page >> 12 & 511] &= ~Writable;
        }
        Instruction.WriteCr3(Instruction.ReadCr3());
    }

    /// <summary>
    /// Takes the first 64 KB out of the map, so that the use of a null reference is a fault. Where
    /// the boot loader put something there, the area ends before it.
    /// </summary>
    internal static void GuardNull()
    {
        ulong end = Math.Min(NullArea, BootInfo.InformationRange.Start);
        foreach (BootModule module in BootInfo.Information.Modules)
        {
            // A file without a byte has no address.
            if (module.Range.Length != 0)
                end = Math.Min(end, module.Range.Start);
        }
        ulong* pages = (ulong*)EarlyRegion.Allocate(EarlyRegion.PageBytes);
        for (ulong at = 0; at < LargePage; at += EarlyRegion.PageBytes)
        {
            if (at + EarlyRegion.PageBytes > end)
                pages[at / EarlyRegion.PageBytes] = at | Writable | Present | NoExecute;
        }
        *Entry(0) = KernelImage.Data.ToPhysical(pages) | Writable | Present;
        Instruction.WriteCr3(Instruction.ReadCr3());
    }

    private static bool Cover(PhysicalRange range, ulong caching)
    {
        if (range.End > LowerHalfEnd || range.End < range.Start)
            return false;
        ulong at = range.Start & ~(LargePage - 1);
        if (at < BootEnd)
            at = BootEnd;
        for (; at < range.End; at += LargePage)
        {
            ulong* entry = Entry(at);
            if (entry == null)
                return false;
            // Nothing was mapped there before, so no stale translation can be cached.
            if ((*entry & Present) == 0)
                *entry = at | caching | Large | Writable | Present | NoExecute;
        }
        return true;
    }

    private static ulong* Entry(ulong address)
    {
        ulong* table = (ulong*)(Instruction.ReadCr3() & AddressMask);
        // Each level takes nine bits of the address; the top one is the fourth or the fifth.
        int top = (Instruction.ReadCr4() & FiveLevels) != 0 ? 48 : 39;
        for (int shift = top; shift > 21; shift -= 9)
        {
            ulong* entry = table + (address >> shift & 511);
            if ((*entry & Present) == 0)
            {
                byte* fresh = EarlyRegion.Allocate(EarlyRegion.PageBytes);
                if (fresh == null)
                    return null;
                *entry = KernelImage.Data.ToPhysical(fresh) | Writable | Present;
            }
            table = (ulong*)(*entry & AddressMask);
        }
        return table + (address >> 21 & 511);
    }
}
