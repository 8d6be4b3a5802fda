using System;
using MemOS.Boot;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Mapping;

/// <summary>
/// Tables of the kernel and the processor that are made once: each at a random place of its own,
/// between unmapped pages, and read-only there and in the direct map.
/// </summary>
internal static unsafe class ConstantTables
{
    /// <summary>Frames that they take.</summary>
    internal static ulong Frames { get; private set; }

    /// <summary>Makes a table that nothing can write from now on.</summary>
    /// <returns>Its first byte, page-aligned.</returns>
    internal static byte* Seal(KernelMemory memory, ReadOnlySpan<byte> content)
    {
        PageRange pages = Place(memory, PageCount.ForBytes((ulong)content.Length));
        for (ulong i = 0; i < pages.Count.Value; i++)
        {
            Require(memory.Frames.TryAllocate(
                FrameUse.ZeroedData(FrameOwner.Kernel), out Frame frame));
            ReadOnlySpan<byte> part = content[(int)(i * PageSizes.SmallBytes)..];
            part = part[..Math.Min(part.Length, PageSizes.SmallBytes)];
            default(MachineMemory).CopyIn(frame, 0, part);
            Require(FrameRule.TryMakeReadOnly(memory.Frames, frame) == HandOver.Done);
            Map(memory, pages.First + i, frame);
        }
        return (byte*)pages.First.Start.Value;
    }

    /// <summary>
    /// Makes a page that can be written through the direct map alone, which nothing tells.
    /// </summary>
    /// <param name="memory">The kernel's memory.</param>
    /// <param name="writable">Where it can be written; zeroed.</param>
    /// <returns>Where it can be read.</returns>
    internal static byte* Show(KernelMemory memory, out byte* writable)
    {
        PageRange pages = Place(memory, PageCount.Of(1));
        Require(memory.Frames.TryAllocate(FrameUse.Kernel, out Frame frame));
        Map(memory, pages.First, frame);
        writable = PhysicalMap.PointerTo(frame);
        return (byte*)pages.First.Start.Value;
    }

    private static PageRange Place(KernelMemory memory, PageCount count)
    {
        PageRange hole = KernelLayout.Place(
            memory.Random, KernelLayout.Constants, PageCount.Of(count.Value + 2),
            PageSize.Small);
        PageRange pages = PageRange.Of(hole.First + 1, count);
        for (ulong i = 0; i < hole.Count.Value; i++)
            Require(!memory.Table.TryTranslate(hole.First + i, out _));
        return pages;
    }

    private static void Map(KernelMemory memory, Page page, Frame frame)
    {
        Require(memory.Table.TryMap(page, PageSize.Small, frame, PageRights.Read)
            == MapStatus.Mapped);
        Frames++;
    }

    private static void Require(bool isDone)
    {
        if (!isDone)
            BootFailure.Stop("There is no memory for the tables of the processor.");
    }
}
