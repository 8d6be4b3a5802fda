using System;
using System.Runtime.CompilerServices;
using Cosmos.Core.Memory;

namespace Cosmos.Core;

/// <summary>The managed heap, as gen2 kernels see it.</summary>
public static unsafe class GCImplementation
{
    private const ulong BytesPerMegabyte = 1 << 20;

    /// <summary>Nothing to prepare: the heap is up before a kernel's first line.</summary>
    public static void Init()
    {
    }

    /// <summary>Gets zeroed memory that the collector leaves alone.</summary>
    /// <param name="aSize">In bytes.</param>
    /// <returns>Its address, or 0 when there is none.</returns>
    public static nuint AllocNewObject(nuint aSize) => (nuint)Heap.Alloc(aSize);

    /// <summary>Gives back what <see cref="AllocNewObject"/> gave.</summary>
    public static void Free(nuint aAddress) => Heap.Free((void*)aAddress);

    /// <summary>Runs an object's clean-up now; its memory goes with the next collection.</summary>
    /// <remarks>Nobody can know here that no reference is left, so the collector decides.</remarks>
    public static void Free(object aObj) => (aObj as IDisposable)?.Dispose();

    /// <summary>Free memory in MB.</summary>
    public static ulong GetAvailableRAM() =>
        ((ulong)RAT.FreePageCount * RAT.PageSize + (EarlyRegion.TotalBytes - EarlyRegion.UsedBytes))
            / BytesPerMegabyte;

    /// <summary>Memory in use by kernel and heaps, in bytes.</summary>
    public static ulong GetUsedRAM() =>
        CPU.TotalMemoryBytes() - (ulong)RAT.FreePageCount * RAT.PageSize;

    /// <summary>Address of an object's header.</summary>
    public static nuint GetPointer(object aObj) => *(nuint*)Unsafe.AsPointer(ref aObj);
}
