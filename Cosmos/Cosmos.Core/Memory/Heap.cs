using System;
using Cosmos.Runtime.Heap;

namespace Cosmos.Core.Memory;

/// <summary>
/// Memory without a type: what gen2 kernels get raw buffers from. Size classes up to 2 KB on
/// pages of 64 KB, larger blocks on pages of their own.
/// </summary>
public static unsafe class Heap
{
    private const nuint HeaderBytes = 16;
    private const nuint SmallestBlock = 32;
    private const nuint LargestSmallBlock = 2048;
    private const nuint ChunkBytes = 65536;
    private const nuint PageBytes = 4096;
    private const int ClassCount = 7;

    private static Lists _lists;

    /// <summary>Nothing to prepare; kept for kernels that call it.</summary>
    public static void Init()
    {
    }

    /// <summary>Gets zeroed memory, 16-aligned.</summary>
    /// <param name="aSize">In bytes.</param>
    /// <returns>The memory, or null when there is none.</returns>
    public static byte* Alloc(nuint aSize)
    {
        nuint whole = aSize + HeaderBytes;
        if (whole < aSize)
            return null;
        Block* block = whole <= LargestSmallBlock ? TakeSmall(ref whole) : TakeLarge(ref whole);
        if (block == null)
            return null;
        block->Bytes = whole;
        return (byte*)block + HeaderBytes;
    }

    /// <summary>Gets zeroed memory, 16-aligned.</summary>
    /// <param name="aSize">In bytes.</param>
    /// <returns>Its address, or 0 when there is none.</returns>
    public static nuint SafeAlloc(nuint aSize) => (nuint)Alloc(aSize);

    /// <summary>Makes a block larger or smaller; what it holds is kept as far as it fits.</summary>
    /// <param name="aPtr">A block, or null for a new one.</param>
    /// <param name="aNewSize">In bytes.</param>
    /// <returns>Its new place, or null when there is none: then the old one stays.</returns>
    public static byte* Realloc(byte* aPtr, nuint aNewSize)
    {
        if (aPtr == null)
            return Alloc(aNewSize);
        nuint held = HeaderOf(aPtr)->Bytes - HeaderBytes;
        byte* fresh = Alloc(aNewSize);
        if (fresh == null)
            return null;
        nuint kept = Math.Min(held, aNewSize);
        Buffer.MemoryCopy(aPtr, fresh, kept, kept);
        Free(aPtr);
        return fresh;
    }

    /// <summary>Gives a block back.</summary>
    /// <param name="aPtr">What <see cref="Alloc"/> returned, or null.</param>
    public static void Free(void* aPtr)
    {
        if (aPtr == null)
            return;
        Block* block = HeaderOf(aPtr);
        nuint bytes = block->Bytes;
        if (bytes > LargestSmallBlock)
        {
            PageSource.Free((byte*)block, bytes);
            return;
        }
        new Span<byte>(block, (int)bytes).Clear();
        int index = ClassOf(bytes);
        block->Next = (Block*)_lists.First[index];
        _lists.First[index] = (ulong)block;
    }

    /// <summary>Collects managed objects that nothing refers to.</summary>
    /// <returns>How many objects went.</returns>
    public static int Collect()
    {
        ulong before = HeapUsage.ObjectsFreed;
        GC.Collect();
        return (int)Math.Min(HeapUsage.ObjectsFreed - before, int.MaxValue);
    }

    private static Block* TakeSmall(ref nuint bytes)
    {
        int index = ClassOf(bytes);
        bytes = SmallestBlock << index;
        if (_lists.First[index] == 0 && !Refill(index, bytes))
            return null;
        Block* block = (Block*)_lists.First[index];
        _lists.First[index] = (ulong)block->Next;
        block->Next = null;
        return block;
    }

    private static Block* TakeLarge(ref nuint bytes)
    {
        nuint rounded = (bytes + PageBytes - 1) & ~(PageBytes - 1);
        if (rounded < bytes)
            return null;
        bytes = rounded;
        return (Block*)PageSource.Allocate(bytes);
    }

    private static bool Refill(int index, nuint bytes)
    {
        byte* chunk = PageSource.Allocate(ChunkBytes);
        if (chunk == null)
            return false;
        for (nuint at = 0; at < ChunkBytes; at += bytes)
        {
            Block* block = (Block*)(chunk + at);
            block->Next = (Block*)_lists.First[index];
            _lists.First[index] = (ulong)block;
        }
        return true;
    }

    private static int ClassOf(nuint bytes)
    {
        int index = 0;
        while (SmallestBlock << index < bytes)
            index++;
        return index;
    }

    private static Block* HeaderOf(void* pointer) => (Block*)((byte*)pointer - HeaderBytes);

    // In front of every block: its size with this header while in use, the next one while free.
    private struct Block
    {
        internal nuint Bytes;
        internal Block* Next;
    }

    private struct Lists
    {
        internal fixed ulong First[ClassCount];
    }
}
