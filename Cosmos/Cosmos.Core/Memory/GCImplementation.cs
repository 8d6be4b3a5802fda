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

    /// <summary>
    /// Says that an object is not needed any more. Its memory goes with the first collection that
    /// finds no reference to it: nobody can know here that none is left.
    /// </summary>
    public static void Free(object aObj) => _ = aObj;

    /// <summary>Free memory in MB.</summary>
    public static ulong GetAvailableRAM() => FreeBytes / BytesPerMegabyte;

    /// <summary>
    /// Memory in use by kernel and heaps, in bytes; the largest number where it is more.
    /// </summary>
    public static uint GetUsedRAM() =>
        (uint)Math.Min(CPU.TotalMemoryBytes() - FreeBytes, uint.MaxValue);

    /// <summary>Address of an object, at which its type is.</summary>
    public static uint* GetPointer(object aObj) => (uint*)GetSafePointer(aObj);

    /// <summary>Address of an object, at which its type is.</summary>
    public static nuint GetSafePointer(object aObj) => *(nuint*)Unsafe.AsPointer(ref aObj);

    private static ulong FreeBytes =>
        ((ulong)RAT.FreePageCount * RAT.PageSize)
            + (EarlyRegion.TotalBytes - EarlyRegion.UsedBytes);
}
