using System.Runtime;
using Cosmos.Runtime.Heap;

namespace Cosmos.Runtime.Native;

/// <summary>The C library's memory, out of the heap's raw blocks.</summary>
internal static unsafe class UnmanagedMemory
{
    [RuntimeExport("SystemNative_Malloc")]
    private static byte* Allocate(nuint bytes) => RawBlocks.Allocate(bytes);

    [RuntimeExport("SystemNative_Calloc")]
    private static byte* AllocateCleared(nuint count, nuint size)
    {
        nuint bytes = count * size;
        return size != 0 && bytes / size != count ? null : RawBlocks.Allocate(bytes);
    }

    [RuntimeExport("SystemNative_Realloc")]
    private static byte* Reallocate(byte* memory, nuint bytes) =>
        RawBlocks.Reallocate(memory, bytes);

    [RuntimeExport("SystemNative_Free")]
    private static void Free(byte* memory) => RawBlocks.Free(memory);
}
