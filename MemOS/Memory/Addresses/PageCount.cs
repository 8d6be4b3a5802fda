using System;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>A number of 4 KB pages (or frames).</summary>
public readonly record struct PageCount : IComparable<PageCount>
{
    private const int Shift = 12;

    private PageCount(ulong value) => Value = value;

    /// <summary>How many 4 KB pages.</summary>
    public ulong Value { get; }

    /// <summary>How many bytes.</summary>
    public ulong Bytes => Value << Shift;

    /// <summary>One page.</summary>
    public static PageCount One => new(1);

    /// <summary>So many pages: at most 2^52, a whole address space.</summary>
    public static PageCount Of(ulong pages)
    {
        Ensure.That(pages <= 1ul << (64 - Shift), "a page count fits an address space");
        return new PageCount(pages);
    }

    /// <summary>A count that is known to fit.</summary>
    internal static PageCount Known(ulong pages) => new(pages);

    /// <summary>The pages that so many bytes need: the last one may be used in part.</summary>
    public static PageCount ForBytes(ulong bytes) =>
        new((bytes >> Shift) + ((bytes & (PageSizes.SmallBytes - 1)) == 0 ? 0ul : 1ul));

    public static PageCount operator +(PageCount a, PageCount b) => Of(a.Value + b.Value);

    public static bool operator <(PageCount a, PageCount b) => a.Value < b.Value;

    public static bool operator >(PageCount a, PageCount b) => a.Value > b.Value;

    public static bool operator <=(PageCount a, PageCount b) => a.Value <= b.Value;

    public static bool operator >=(PageCount a, PageCount b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(PageCount other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString() + " pages";
}
