using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <summary>
/// The one place that knows the bits of page-table entries (Intel SDM volume 3, tables 4-15 to
/// 4-20). An entry of zero maps nothing. Accessed and dirty are set beforehand, which saves the
/// processor a locked write at first use; MemOS does not read them.
/// </summary>
public readonly record struct PageTableEntry
{
    /// <summary>The protection key of execute-only pages; PKRU must deny access to it.</summary>
    public const int ExecuteOnlyKey = 1;

    private const ulong Present = 1ul << 0;
    private const ulong Writable = 1ul << 1;
    private const ulong User = 1ul << 2;
    private const int CacheShift = 3;
    private const ulong CacheMask = 3ul << CacheShift;
    private const ulong Accessed = 1ul << 5;
    private const ulong Dirty = 1ul << 6;
    private const ulong LargePage = 1ul << 7;
    private const ulong Global = 1ul << 8;

    // Bits 9 to 11 are ignored by the processor.
    private const ulong CountedBit = 1ul << 9;
    private const ulong ExecuteOnlyBit = 1ul << 10;
    private const ulong OwnBit = 1ul << 11;

    private const ulong SmallAddress = 0x000F_FFFF_FFFF_F000;
    private const ulong LargeAddress = 0x000F_FFFF_FFE0_0000;
    private const int KeyShift = 59;
    private const ulong KeyMask = 0xFul << KeyShift;
    private const ulong NoExecute = 1ul << 63;
    private const ulong RightsMask =
        Present | Writable | NoExecute | KeyMask | ExecuteOnlyBit | Dirty;

    private PageTableEntry(ulong bits) => Bits = bits;

    /// <summary>The entry as the processor sees it.</summary>
    public ulong Bits { get; }

    /// <summary>Whether the entry maps nothing and points nowhere.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Whether the entry, not of the lowest level, maps a large page.</summary>
    public bool IsLarge => (Bits & LargePage) != 0;

    /// <summary>Whether ring 3 may come through this entry.</summary>
    public bool IsUser => (Bits & User) != 0;

    /// <summary>Whether the frame's record counts this mapping: not a device's, nor that of the
    /// kernel's map of all RAM.</summary>
    public bool IsCounted => (Bits & CountedBit) != 0;

    /// <summary>
    /// Whether writes come through: of an entry for a table, to what lies below.
    /// </summary>
    public bool IsWritable => (Bits & Writable) != 0;

    /// <summary>Whether the page is the space's own: see <see cref="PageClaim"/>.</summary>
    public bool IsOwn => (Bits & OwnBit) != 0;

    /// <summary>The frame that a small page's entry or a table's entry points to.</summary>
    public Frame Frame => Frame.Known((Bits & SmallAddress) >> 12);

    /// <summary>The first frame of the large page.</summary>
    public Frame LargeFrame => Frame.Known((Bits & LargeAddress) >> 12);

    /// <summary>How the page is cached.</summary>
    public CacheKind Cache => (CacheKind)((Bits & CacheMask) >> CacheShift);

    /// <summary>What may be done to the page.</summary>
    public PageRights Rights
    {
        get
        {
            if ((Bits & Present) == 0)
            {
                return PageRights.None;
            }

            if ((Bits & NoExecute) != 0)
            {
                return (Bits & Writable) != 0 ? PageRights.ReadWrite : PageRights.Read;
            }

            return (Bits & ExecuteOnlyBit) != 0 ? PageRights.ExecuteOnly : PageRights.ReadExecute;
        }
    }

    /// <summary>An entry as found in a table.</summary>
    public static PageTableEntry FromBits(ulong bits) => new(bits);

    /// <summary>An entry that points to a table of the next level.</summary>
    public static PageTableEntry Table(Frame table, SpaceHalf half)
    {
        ulong bits = (table.Number << 12) | Present | Writable | Accessed;
        return new PageTableEntry(half == SpaceHalf.User ? bits | User : bits);
    }

    /// <summary>An entry that maps a page of RAM that the frame's record counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PageTableEntry Counted(
        Frame frame, PageSize size, PageRights rights, SpaceHalf half, PagingFeatures features) =>
        new(Leaf(frame, size, half) | CountedBit | RightsBits(rights, half, features));

    /// <summary>An entry that maps a device, or the kernel's map of all RAM.</summary>
    public static PageTableEntry Uncounted(
        Frame frame, PageSize size, PageRights rights, SpaceHalf half, CacheKind cache) =>
        new(Leaf(frame, size, half) | ((ulong)cache << CacheShift)
            | RightsBits(rights, half, PagingFeatures.None));

    /// <summary>The same page with other rights.</summary>
    public PageTableEntry WithRights(PageRights rights, SpaceHalf half, PagingFeatures features) =>
        new((Bits & ~RightsMask) | RightsBits(rights, half, features));

    /// <summary>The same without the right to write.</summary>
    public PageTableEntry WithoutWrite() => new(Bits & ~(Writable | Dirty));

    /// <summary>The same page, with another claim to it.</summary>
    public PageTableEntry With(PageClaim claim) =>
        new(claim == PageClaim.Own ? Bits | OwnBit : Bits & ~OwnBit);

    /// <summary>What lets through what this entry and the entries on the way to it do.</summary>
    /// <param name="way">The bits that all of those have.</param>
    internal PageTableEntry Behind(ulong way) => (way & Writable) != 0 ? this : WithoutWrite();

    /// <summary>The entry for one of the 512 small pages that this large one splits into.</summary>
    public PageTableEntry SmallPart(int index) =>
        new((Bits & ~LargePage) + ((ulong)index << 12));

    /// <inheritdoc/>
    public override string ToString() => "entry 0x" + Bits.ToString("X");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Leaf(Frame frame, PageSize size, SpaceHalf half) =>
        (frame.Number << 12) | Accessed
        | (size == PageSize.Large ? LargePage : 0)
        | (half == SpaceHalf.User ? User : Global);

    private static ulong RightsBits(PageRights rights, SpaceHalf half, PagingFeatures features)
    {
        if (rights.CanWrite)
        {
            return Present | Writable | Dirty | NoExecute;
        }

        if (!rights.CanExecute)
        {
            return rights.Allows(Access.Read) && rights != PageRights.None
                ? Present | NoExecute
                : NoExecute;
        }

        if (rights.Allows(Access.Read))
        {
            return Present;
        }

        bool keys = (features & PagingFeatures.ProtectionKeys) != 0 && half == SpaceHalf.User;
        ulong key = keys ? (ulong)ExecuteOnlyKey << KeyShift : 0;
        return Present | ExecuteOnlyBit | key;
    }
}
