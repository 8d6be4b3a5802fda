using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>
/// A 4 KB page of an address space, by its number: the virtual address shifted right by 12, so 52
/// bits, the upper ones alike. A large page is named by the first of its 512 small ones.
/// </summary>
public readonly record struct Page : IComparable<Page>
{
    private const int Shift = 12;

    private Page(ulong number) => Number = number;

    /// <summary>The address shifted right by 12.</summary>
    public ulong Number { get; }

    /// <summary>The address of the first byte.</summary>
    public VirtualAddress Start => VirtualAddress.Create(Number << Shift);

    /// <summary>Whether the page lies in the lower half, which belongs to programs.</summary>
    public bool IsUserHalf => Number >> (63 - Shift) == 0;

    /// <summary>Whether a large page can start here.</summary>
    public bool IsLargeAligned => (Number & (PageSizes.SmallInLarge - 1)) == 0;

    /// <summary>The large page that this page is part of.</summary>
    public Page LargeStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Number & ~(ulong)(PageSizes.SmallInLarge - 1));
    }

    /// <summary>The page that holds a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Page Containing(VirtualAddress address) => new(address.Value >> Shift);

    /// <summary>The page of a number that comes from a page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Page Known(ulong number) => new(number);

    /// <summary>The page a number of small pages further on, in the same half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Page operator +(Page page, ulong pages)
    {
        Page sum = new(page.Number + pages);
        Ensure.That(
            sum.Number >= page.Number && VirtualAddress.TryCreate(sum.Number << Shift, out _)
                && sum.IsUserHalf == page.IsUserHalf,
            "a page further on stays in its half");
        return sum;
    }

    /// <summary>Small pages from the second page to the first, which is not below it.</summary>
    public static PageCount operator -(Page end, Page start)
    {
        Ensure.That(end.Number >= start.Number, "a distance is counted upwards");
        return PageCount.Of(end.Number - start.Number);
    }

    public static bool operator <(Page a, Page b) => a.Number < b.Number;

    public static bool operator >(Page a, Page b) => a.Number > b.Number;

    public static bool operator <=(Page a, Page b) => a.Number <= b.Number;

    public static bool operator >=(Page a, Page b) => a.Number >= b.Number;

    /// <summary>Whether a page of this size can start here.</summary>
    public bool IsAligned(PageSize size) => (Number & (size.SmallPages() - 1)) == 0;

    /// <inheritdoc/>
    public int CompareTo(Page other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => "page " + Start;
}
