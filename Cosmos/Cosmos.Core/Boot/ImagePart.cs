using System.Runtime.InteropServices;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core.Boot;

/// <summary>A part of the kernel's image, which has a random place of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct ImagePart
{
    private readonly ulong _physical;

    internal ImagePart(byte* start, ulong physical, ulong bytes)
    {
        Start = start;
        _physical = physical;
        Bytes = bytes;
    }

    /// <summary>Virtual address of the first byte, page-aligned.</summary>
    public byte* Start { get; }

    /// <summary>Length in bytes, whole pages.</summary>
    public ulong Bytes { get; }

    /// <summary>Virtual address after the last byte.</summary>
    public byte* End => Start + Bytes;

    /// <summary>The physical memory that it lies in.</summary>
    public PhysicalRange Range => new(_physical, Bytes);

    /// <summary>The pages between two addresses in it.</summary>
    public ImagePart Between(byte* start, byte* end) =>
        new(start, ToPhysical(start), (ulong)(end - start));

    /// <summary>Whether a virtual address is in it.</summary>
    public bool Contains(ulong address) => address - (ulong)Start < Bytes;

    /// <summary>The physical address behind a virtual address in it.</summary>
    public ulong ToPhysical(void* address) =>
        (ulong)address - (ulong)Start + _physical;
}
