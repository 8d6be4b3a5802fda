using System.Runtime.CompilerServices;

namespace MemOS.Memory.Addresses;

/// <summary>How much memory one leaf of the page tables maps.</summary>
public enum PageSize : byte
{
    /// <summary>4 KB.</summary>
    Small = 0,

    /// <summary>2 MB, aligned to 2 MB.</summary>
    Large = 1,
}

/// <summary>What a page size amounts to.</summary>
public static class PageSizes
{
    /// <summary>Bytes in a small page.</summary>
    public const int SmallBytes = 4096;

    /// <summary>Bytes in a large page.</summary>
    public const int LargeBytes = SmallBytes * SmallInLarge;

    /// <summary>Small pages in a large one.</summary>
    public const int SmallInLarge = 512;

    /// <summary>Bytes in a page of this size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(this PageSize size) => SmallBytes << ((int)size * 9);

    /// <summary>4 KB pages that a page of this size covers: 1 or 512.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SmallPages(this PageSize size) => 1u << ((int)size * 9);
}
