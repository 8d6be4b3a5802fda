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

    // What the heap's own records take while it grows: their doubled index, of eight bytes a piece
    // of 16 pages, and the page tables below it. It comes off what objects can be sure of.
    private const ulong RecordFrames = 32;
    private const ulong PagesPerRecordFrame = 2048;

    private static FrameAllocator<MachineMemory>? _frames;
    private static PageTable<MachineMemory>? _table;
    private static RandomSource? _random;
    private static PageRange _window;
    private static ulong _wanted;
    private static ulong _reserved;
    private static ulong _sure;

    // What may be taken since it was raised.
    private static ulong _raised;

    /// <summary>Whether the window serves: until then, the heap lives in the image.</summary>
    // Asked before statics are set up, when no reference among them can be read.
    internal static bool IsOpen => !_window.IsEmpty;

    /// <summary>Pages of the window.</summary>
    internal static PageCount Pages => _window.Count;

    /// <summary>Frames that are mapped now.</summary>
    internal static ulong UsedFrames { get; private set; }

    /// <summary>Frames that are kept back for it.</summary>
    internal static ulong ReservedFrames => _reserved;

    /// <summary>
    /// Frames that objects can have without a failure, whatever programs took: never more than are
    /// kept back. What the heap has ready in its blocks comes on top.
    /// </summary>
    /// <remarks>None while it is watched, so that every call that makes objects asks.</remarks>
    internal static uint SureFrames { get; private set; }

    /// <summary>Whether a test watches what is asked for and what is taken.</summary>
    internal static bool IsWatched { get; set; }

    /// <summary>
    /// Whether no more was taken since <see cref="TryRaise"/> than had been asked for there.
    /// </summary>
    internal static bool HasKeptToRaise => TakenFrames <= _raised;

    /// <summary>Frames that were taken since <see cref="TryRaise"/>.</summary>
    internal static ulong TakenFrames { get; private set; }

    /// <summary>
    /// What calls whose objects stay leave of the reserve, so that memory can still be given back
    /// and processes can end.
    /// </summary>
    internal static uint LeastLeft => (uint)(_wanted / 2);

    /// <summary>Whether so little is left that nothing new should be begun.</summary>
    internal static bool IsLow => _reserved < _wanted / 2;

    /// <summary>Whether objects can have so much without a failure.</summary>
    internal static bool IsSure(HeapNeed need) => need.Frames <= _sure;

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

    /// <summary>
    /// Sees to it that objects can have so many frames, from what is free where the reserve is not
    /// enough. The caller calls <see cref="Lower"/> when it has made them.
    /// </summary>
    /// <returns>False if there is not so much; it may be after a collection.</returns>
    internal static bool TryRaise(ulong frames)
    {
        Refill();
        TakenFrames = 0;
        _raised = frames > LeastLeft ? frames - LeastLeft : frames;
        ulong missing = frames > _sure ? frames - _sure : 0;
        if (missing > _frames!.FreeFrames || !_frames.TryReserve(missing))
            return false;
        _reserved += missing;
        NoteSure();
        return true;
    }

    /// <summary>Leaves to others what was raised and is not needed any more.</summary>
    internal static void Lower()
    {
        if (_reserved <= _wanted)
            return;
        _frames!.Unreserve(_reserved - _wanted);
        _reserved = _wanted;
        NoteSure();
    }

    /// <summary>Keeps back what is missing of the reserve, as far as frames are free.</summary>
    internal static void Refill()
    {
        if (_reserved < _wanted)
            FillUpTo(_wanted);
    }

    /// <summary>Maps zeroed pages; null when memory is out.</summary>
    /// <param name="bytes">A multiple of 4096.</param>
    internal static byte* Allocate(nuint bytes)
    {
        PageCount count = PageCount.ForBytes(bytes);
        // The heap may use what is kept for it, for its page tables as well.
        ulong kept = _reserved;
        ulong free = _frames!.FreeFrames;
        _frames.Unreserve(kept);
        _reserved = 0;
        bool isMapped = TryFindHole(count, out PageRange pages) && TryMap(pages);
        ulong taken = free - _frames.FreeFrames;
        UsedFrames += isMapped ? count.Value : 0;
        TakenFrames += taken;
        // A reserve that was raised stays so, less what was taken.
        FillUpTo(Math.Max(_wanted, kept > taken ? kept - taken : 0));
        if (!isMapped)
            return null;
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

    private static void FillUpTo(ulong frames)
    {
        ulong free = _frames!.FreeFrames - _frames.ReservedFrames;
        ulong missing = Math.Min(frames - _reserved, free);
        if (_frames.TryReserve(missing))
            _reserved += missing;
        NoteSure();
    }

    private static void NoteSure()
    {
        ulong records = RecordFrames + (UsedFrames / PagesPerRecordFrame);
        _sure = _reserved > records ? _reserved - records : 0;
        SureFrames = IsWatched ? 0 : (uint)_sure;
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
