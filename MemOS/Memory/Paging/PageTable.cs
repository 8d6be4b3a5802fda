using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>
/// The page tables of one address space (Intel SDM volume 3, 4.5). A table of the user half maps
/// its own half and shares the kernel half's top level with the kernel's table; the kernel's maps
/// the kernel half alone. Tables come from the frame allocator and go back when they are empty.
/// One file a verb: Map, Unmap, Prune, Protect, Walk, Recall, Split, Fork,
/// Release.
/// </summary>
public sealed partial class PageTable<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const int EntryCount = 512;
    private const int IndexBits = 9;

    /// <summary>The level of the tables that map small pages; the root's is the highest.</summary>
    internal const int SmallLevel = 1;

    /// <summary>The level of the tables whose entries can map large pages.</summary>
    internal const int LargeLevel = 2;

    private readonly TMemory _memory;
    private readonly FrameAllocator<TMemory> _frames;
    private readonly PagingFeatures _features;
    private readonly SpaceHalf _half;
    private readonly int _levels;
    private readonly int _halfShift;
    private readonly ulong _halfPattern;
    private readonly SharedTop _top;

    private PageTable(
        FrameAllocator<TMemory> frames, AddressWidth width, PagingFeatures features,
        SpaceHalf half, Frame root, SharedTop top, TableFamily family)
    {
        Family = family;
        _top = top;
        _frames = frames;
        _memory = frames.Memory;
        _features = features;
        _half = half;
        _levels = width.Levels();
        _halfShift = width.Bits() - 1 - 12;
        _halfPattern = half == SpaceHalf.User ? 0 : (1ul << (52 - _halfShift)) - 1;
        Width = width;
        Root = root;
        frames.Memory.Info(root).MapsOrLink = 1;
    }

    /// <summary>The frame of the top-level table: what CR3 holds.</summary>
    public Frame Root { get; }

    /// <summary>How far the tables reach.</summary>
    public AddressWidth Width { get; }

    /// <summary>
    /// What this space has together with those that it came from, or that came from it.
    /// </summary>
    public TableFamily Family { get; }

    /// <summary>Tables below the root, and below those of the family.</summary>
    public ulong Tables => Family.Tables;

    /// <summary>Small pages that counted frames are mapped at; a large page is 512.</summary>
    public ulong ResidentPages { get; private set; }

    /// <summary>The machine that it is on.</summary>
    internal TMemory Memory => _memory;

    /// <summary>The half that this object maps.</summary>
    public SpaceHalf Half => _half;

    /// <summary>Makes the tables of the kernel half, or false if no frame is free.</summary>
    public static bool TryCreateKernel(
        FrameAllocator<TMemory> frames, AddressWidth width, PagingFeatures features,
        out PageTable<TMemory>? table)
    {
        table = frames.TryAllocate(FrameUse.PageTable, out Frame root)
            ? new PageTable<TMemory>(
                frames, width, features, SpaceHalf.Kernel, root, new SharedTop(),
                new TableFamily())
            : null;
        return table is not null;
    }

    /// <summary>
    /// Makes the tables of an address space below this kernel half, or false if no frame is free.
    /// From then on the kernel half has no room but what was mapped, or prepared by
    /// <see cref="TryPrepare"/>.
    /// </summary>
    public bool TryCreateSpace(out PageTable<TMemory>? table)
    {
        Ensure.That(_half == SpaceHalf.Kernel, "spaces are made below the kernel half");
        table = null;
        if (!_frames.TryAllocateTable(out Frame root))
        {
            return false;
        }

        foreach (ushort i in _top.Complete())
        {
            _memory.Entry(root, i) = _memory.Entry(Root, i);
        }

        table = new PageTable<TMemory>(
            _frames, Width, _features, SpaceHalf.User, root, _top, new TableFamily());
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(ulong page, int level) =>
        (int)(page >> ((level - 1) * IndexBits)) & (EntryCount - 1);

    private static ulong PagesUnder(int level) => 1ul << ((level - 1) * IndexBits);

    // The bits above those that the levels below the root translate tell the half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireOwnHalf(Page page) =>
        Ensure.That(
            page.Number >> _halfShift == _halfPattern,
            "a table maps its own half, as far as it reaches");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireOwnHalf(PageRange range)
    {
        RequireOwnHalf(range.First);
        RequireOwnHalf(range.Last);
    }
}
