using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>Fills of raw memory.</summary>
internal static unsafe class Memory
{
    internal static void Clear(void* start, nuint bytes) => Set(start, 0, bytes);

    [RuntimeImport("*", "memset")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void* Set(void* start, int value, nuint bytes);

    [RuntimeImport("*", "memmove")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void* Move(void* to, void* from, nuint bytes);
}
