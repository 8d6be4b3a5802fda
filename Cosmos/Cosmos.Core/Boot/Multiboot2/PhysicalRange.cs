namespace Cosmos.Core.Boot.Multiboot2;

/// <summary>A piece of the physical address space.</summary>
/// <param name="Start">Physical address of the first byte.</param>
/// <param name="Length">In bytes.</param>
public readonly record struct PhysicalRange(ulong Start, ulong Length)
{
    /// <summary>Physical address after the last byte.</summary>
    public ulong End => Start + Length;

    /// <summary>Whether both have a byte in common.</summary>
    public bool Overlaps(PhysicalRange other) => Start < other.End && other.Start < End;
}
