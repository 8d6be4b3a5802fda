using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Mapping;

/// <summary>
/// The pages of the kernel's heap: each piece at a random place of a window of its own, between
/// unmapped pages, readable and writable and never executable. The page tables are its only
/// record, so it can serve the heap without ever using it.
/// </summary>
internal static unsafe class HeapWindow
{
    private const ulong SmallestPages = 1 << 18;
    private const ulong PagesPerFrame = 4;
    private const int Attempts = 1000;

    // Kept back so that the kernel can go on when programs have taken all else.
    private const ulong LargestReserve = 2048;
    private const ulong ReserveShare = 32;

    private static FrameAllocator<MachineMemory>? _frames;
    private static PageTable<MachineMemory>? _table;
    private static RandomSource? _random;
    private static PageRange _window;
    private static ulong _wanted;
    private static ulong _reserved;

    /// <summary>Whether the window serves: until then, the heap lives in the image.</summary>
    // Asked before statics are set up, when no reference among them can be read.
    internal static bool IsOpen => !_window.IsEmpty;

    /// <summary>Pages of the window.</summary>
    internal static PageCount Pages => _window.Count;

    /// <summary>Frames that are mapped now.</summary>
    internal static ulong UsedFrames { get; private set; }

    /// <summary>Frames that are kept back for it.</summary>
    internal static ulong ReservedFrames => _reserved;

    /// <summary>Whether so little is left that nothing new should be begun.</summary>
    internal static bool IsLow => _reserved < _wanted / 2;

    /// <summary>
    /// Whether objects of so many pages can be made and other frames be taken before, with enough
    /// left to go on.
    /// </summary>
    /// <param name="objects">For page tables and waste, a part is added.</param>
    /// <param name="others">Frames that are not for the heap.</param>
    internal static bool HasRoom(PageCount objects, PageCount others)
    {
        const ulong PartMore = 4;
        ulong free = _frames!.FreeFrames - _frames.ReservedFrames + _reserved;
        ulong taken = objects.Value + (objects.Value / PartMore) + others.Value;
        return free >= taken + (_wanted / 2);
    }

    /// <summary>Opens the window.</summary>
    internal static void Open(KernelMemory memory)
    {
        ulong pages = Math.Max(SmallestPages, memory.Frames.TotalFrames * PagesPerFrame);
        PageRange window = KernelLayout.Place(
            memory.Random, KernelLayout.Heap, PageCount.Of(pages), PageSize.Small);
        if (!memory.Table.TryPrepare(window))
            Boot.BootFailure.Stop("There is no memory for the kernel heap's page tables.");
        _frames = memory.Frames;
        _table = memory.Table;
        _wanted = Math.Min(LargestReserve, memory.Frames.FreeFrames / ReserveShare);
        _random = memory.Random;
        Refill();
        _window = window;
    }

    /// <summary>Maps zeroed pages; null when memory is out.</summary>
    /// <param name="bytes">A multiple of 4096.</param>
    internal static byte* Allocate(nuint bytes)
    {
        PageCount count = PageCount.ForBytes(bytes);
        // The heap may use what is kept for it, for its page tables as well.
        _frames!.Unreserve(_reserved);
        _reserved = 0;
        bool isMapped = TryFindHole(count, out PageRange pages) && TryMap(pages);
        Refill();
        if (!isMapped)
            return null;
        UsedFrames += count.Value;
        return (byte*)pages.First.Start.Value;
    }

    /// <summary>Gives back what <see cref="Allocate"/> gave, whole.</summary>
    internal static void Free(byte* start, nuint bytes)
    {
        Page first = VirtualAddress.Create((ulong)start).Page;
        PageCount count = PageCount.ForBytes(bytes);
        _table!.Unmap(PageRange.Of(first, count));
        UsedFrames -= count.Value;
        Refill();
    }

    private static void Refill()
    {
        ulong free = _frames!.FreeFrames - _frames.ReservedFrames;
        ulong missing = Math.Min(_wanted - _reserved, free);
        if (_frames.TryReserve(missing))
            _reserved += missing;
    }

    private static bool TryFindHole(PageCount count, out PageRange pages)
    {
        pages = default;
        PageCount withGuards = PageCount.Of(count.Value + 2);
        if (withGuards >= _window.Count)
            return false;
        for (int i = 0; i < Attempts; i++)
        {
            PageRange hole = KernelLayout.Place(_random!, _window, withGuards, PageSize.Small);
            if (!IsHole(hole))
                continue;
            pages = PageRange.Of(hole.First + 1, count);
            return true;
        }
        return false;
    }

    private static bool IsHole(PageRange range)
    {
        for (ulong i = 0; i < range.Count.Value; i++)
        {
            if (_table!.TryTranslate(range.First + i, out _))
                return false;
        }
        return true;
    }

    private static bool TryMap(PageRange pages)
    {
        for (ulong i = 0; i < pages.Count.Value; i++)
        {
            if (TryMap(pages.First + i))
                continue;
            _table!.Unmap(PageRange.Of(pages.First, PageCount.Of(i)));
            return false;
        }
        return true;
    }

    private static bool TryMap(Page page)
    {
        if (!_frames!.TryAllocate(FrameUse.Kernel, out Frame frame))
            return false;
        if (_table!.TryMap(page, PageSize.Small, frame, PageRights.ReadWrite)
            == MapStatus.Mapped)
            return true;
        _frames.Discard(frame);
        return false;
    }
}
