using System;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Memory;

/// <summary>
/// The one seam between the memory manager and the machine (architecture decision D6). It is used
/// as a struct generic parameter, so the kernel's implementation costs no dispatch; tests put an
/// array behind it. Copies of the struct must all reach the same memory.
/// </summary>
public interface IPhysicalMemory : IFrameMetadata, ITranslationCache
{
    /// <summary>One of the 512 entries of a page table, reached by its frame.</summary>
    ref ulong Entry(Frame table, int index);

    /// <summary>
    /// The index of the first entry of a page table that is not zero, from one index to another;
    /// above it if there is none.
    /// </summary>
    int NextEntry(Frame table, int from, int last);

    /// <summary>Fills a frame with zeroes.</summary>
    void Zero(Frame frame, PageSize size);

    /// <summary>Copies the whole of a frame to another one of the same size.</summary>
    void Copy(Frame from, Frame to, PageSize size);

    /// <summary>Copies bytes out of a small frame; offset + length is at most 4096.</summary>
    void CopyOut(Frame frame, int offset, Span<byte> to);

    /// <summary>Copies bytes into a small frame; offset + length is at most 4096.</summary>
    void CopyIn(Frame frame, int offset, ReadOnlySpan<byte> from);

    /// <summary>
    /// Takes away the kernel's own way of writing to a frame through its map of all RAM, before
    /// the frame becomes executable or constant. False if memory for that ran out.
    /// </summary>
    bool TrySeal(Frame frame, PageSize size);

    /// <summary>Gives the kernel's way of writing back, once no one executes the frame.</summary>
    void Unseal(Frame frame, PageSize size);
}
