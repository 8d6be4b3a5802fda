using System;
using Cosmos.Core.Hardware;
using MemOS.Memory.Addresses;

namespace MemOS.Hardware;

/// <summary>
/// What of the processor MemOS uses or could use; all optional (Intel SDM 2A, CPUID).
/// </summary>
[Flags]
internal enum CpuFeature : uint
{
    None = 0,

    /// <summary>Kernel pages stay cached over a change of address space.</summary>
    GlobalPages = 1,

    /// <summary>The kernel cannot run user pages.</summary>
    Smep = 2,

    /// <summary>The kernel cannot touch user pages by accident.</summary>
    Smap = 4,

    /// <summary>Programs cannot ask where the descriptor tables are.</summary>
    Umip = 8,

    /// <summary>Protection keys: execute-only memory.</summary>
    Pku = 16,

    /// <summary>Five levels of page tables.</summary>
    La57 = 32,

    /// <summary>Pages of 1 GB.</summary>
    HugePages = 64,

    /// <summary>Tagged address spaces.</summary>
    Pcid = 128,

    /// <summary>Random numbers.</summary>
    RdRand = 256,

    /// <summary>Seeds for random numbers.</summary>
    RdSeed = 512,

    /// <summary>Memory types by page.</summary>
    Pat = 1024,
}

/// <summary>Finds features and switches on those that protect.</summary>
internal static unsafe class CpuFeatures
{
    private const ulong Cr4GlobalPages = 1 << 7;
    private const ulong Cr4Umip = 1 << 11;
    private const ulong Cr4FiveLevels = 1 << 12;
    private const ulong Cr4Smep = 1 << 20;
    private const ulong Cr4Smap = 1 << 21;
    private const ulong Cr4ProtectionKeys = 1 << 22;
    private const uint PatRegister = 0x277;

    // As after reset, but entry 1 gathers writes: see CacheKind.
    private const ulong PatEntries = 0x0007_0406_0007_0106;

    private static readonly (CpuFeature Feature, string Name)[] _names =
    [
        (CpuFeature.GlobalPages, "PGE"), (CpuFeature.Smep, "SMEP"), (CpuFeature.Smap, "SMAP"),
        (CpuFeature.Umip, "UMIP"), (CpuFeature.Pku, "PKU"), (CpuFeature.La57, "LA57"),
        (CpuFeature.HugePages, "1 GB pages"), (CpuFeature.Pcid, "PCID"),
        (CpuFeature.RdRand, "RDRAND"), (CpuFeature.RdSeed, "RDSEED"), (CpuFeature.Pat, "PAT"),
    ];

    /// <summary>What was found.</summary>
    internal static CpuFeature Found { get; private set; }

    /// <summary>Whether a feature was found.</summary>
    internal static bool Has(CpuFeature feature) => (Found & feature) != 0;

    /// <summary>How far addresses reach: the boot stub has chosen, before paging was on.</summary>
    internal static AddressWidth Width =>
        (Instruction.ReadCr4() & Cr4FiveLevels) != 0 ? AddressWidth.Bits57 : AddressWidth.Bits48;

    /// <summary>Finds them, and switches on what needs no more than that.</summary>
    internal static void Enable()
    {
        Found = Detect();
        ulong cr4 = Instruction.ReadCr4();
        cr4 |= Has(CpuFeature.Smep) ? Cr4Smep : 0;
        cr4 |= Has(CpuFeature.Smap) ? Cr4Smap : 0;
        cr4 |= Has(CpuFeature.Umip) ? Cr4Umip : 0;
        cr4 |= Has(CpuFeature.Pku) ? Cr4ProtectionKeys : 0;
        cr4 |= Has(CpuFeature.GlobalPages) ? Cr4GlobalPages : 0;
        MachineCode.WriteCr4(cr4);
        if (Has(CpuFeature.Pat))
            Instruction.WriteMsr(PatRegister, PatEntries);
    }

    /// <summary>The names of the features that are there, or are not.</summary>
    internal static string Names(CpuFeature which)
    {
        string names = "";
        foreach ((CpuFeature feature, string name) in _names)
        {
            if ((which & feature) != 0)
                names += names.Length == 0 ? name : ", " + name;
        }
        return names.Length == 0 ? "none" : names;
    }

    private static CpuFeature Detect()
    {
        const uint HighestLeaf = 0;
        const uint BasicLeaf = 1;
        const uint StructuredLeaf = 7;
        const uint ExtendedLeaf = 0x80000001;
        uint* leaf = stackalloc uint[4];
        Instruction.Cpuid(HighestLeaf, 0, leaf);
        bool hasStructured = leaf[0] >= StructuredLeaf;
        Instruction.Cpuid(BasicLeaf, 0, leaf);
        CpuFeature found = If(leaf[3], 13, CpuFeature.GlobalPages)
            | If(leaf[3], 16, CpuFeature.Pat) | If(leaf[2], 17, CpuFeature.Pcid)
            | If(leaf[2], 30, CpuFeature.RdRand);
        Instruction.Cpuid(ExtendedLeaf, 0, leaf);
        found |= If(leaf[3], 26, CpuFeature.HugePages);
        if (!hasStructured)
            return found;
        Instruction.Cpuid(StructuredLeaf, 0, leaf);
        return found | If(leaf[1], 7, CpuFeature.Smep) | If(leaf[1], 20, CpuFeature.Smap)
            | If(leaf[1], 18, CpuFeature.RdSeed) | If(leaf[2], 2, CpuFeature.Umip)
            | If(leaf[2], 3, CpuFeature.Pku) | If(leaf[2], 16, CpuFeature.La57);
    }

    private static CpuFeature If(uint register, int bit, CpuFeature feature) =>
        (register >> bit & 1) != 0 ? feature : CpuFeature.None;
}
