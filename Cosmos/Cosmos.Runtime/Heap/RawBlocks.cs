namespace Cosmos.Runtime.Heap;

/// <summary>
/// Memory that is freed by an explicit call alone, out of the same blocks as objects. It is not
/// searched for references.
/// </summary>
public static unsafe class RawBlocks
{
    // A type that no object has: the block is in use, but is no object.
    private const nint RawType = 1;
    private const nuint Overhead = 16;

    /// <summary>Takes zeroed memory, 8-aligned; null when there is none.</summary>
    public static byte* Allocate(nuint bytes)
    {
        nuint total = bytes + Overhead;
        if (total < bytes)
            return null;
        ObjectHeader* block = ManagedHeap.TakeBlock(total);
        if (block == null)
            return null;
        block->Mark = ObjectHeader.Permanent;
        block->Type = (MethodTable*)RawType;
        return (byte*)block + Overhead;
    }

    /// <summary>Frees what <see cref="Allocate"/> gave; null is allowed.</summary>
    public static void Free(byte* memory)
    {
        if (memory == null)
            return;
        ObjectHeader* block = (ObjectHeader*)(memory - Overhead);
        Region* region = RegionIndex.Find((byte*)block);
        if (region == null || block->Type != (MethodTable*)RawType)
            Platform.Fail("Memory was freed that is not in use.");
        ManagedHeap.ReturnBlock(block, region);
    }

    /// <summary>
    /// Changes the size, moving the memory where needed; null leaves it as it was.
    /// </summary>
    public static byte* Reallocate(byte* memory, nuint bytes)
    {
        if (memory == null)
            return Allocate(bytes);
        nuint room = SizeOf(memory);
        if (bytes <= room)
            return memory;
        byte* larger = Allocate(bytes);
        if (larger == null)
            return null;
        Memory.Move(larger, memory, room);
        Free(memory);
        return larger;
    }

    /// <summary>Bytes that can be used at a block, at least those asked for.</summary>
    public static nuint SizeOf(byte* memory)
    {
        Region* region = RegionIndex.Find(memory);
        return region == null ? 0 : region->BlockSize - Overhead;
    }

    /// <summary>Whether a block holds raw memory.</summary>
    internal static bool IsRaw(ObjectHeader* block) => (nint)block->Type == RawType;
}
