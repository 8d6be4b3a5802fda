using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>A region of an address space as LIST_REGIONS tells it; 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 24)]
public struct RegionRecord
{
    /// <summary>First address; a multiple of 4096.</summary>
    public ulong Start;

    /// <summary>Size in bytes; a multiple of 4096.</summary>
    public ulong Bytes;

    /// <summary>What the process may do there.</summary>
    public MemoryRights Rights;

    /// <summary>What it is for.</summary>
    public RegionKind Kind;
}
