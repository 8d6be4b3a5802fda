using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>Neighbouring 4 KB pages within one half of an address space. It may be empty.</summary>
public readonly record struct PageRange
{
    private PageRange(Page first, PageCount count)
    {
        First = first;
        Count = count;
    }

    /// <summary>The first page.</summary>
    public Page First { get; }

    /// <summary>How many 4 KB pages.</summary>
    public PageCount Count { get; }

    /// <summary>Whether there is no page in it.</summary>
    public bool IsEmpty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count.Value == 0;
    }

    /// <summary>The last page; the range is not empty.</summary>
    public Page Last
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Ensure.That(!IsEmpty, "an empty range has no last page");
            return Page.Known(EndNumber - 1);
        }
    }

    /// <summary>The number just past the last page's; 2^52 at the end of the upper half.</summary>
    public ulong EndNumber
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => First.Number + Count.Value;
    }

    /// <summary>The range of one page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PageRange One(Page page) => new(page, PageCount.One);

    /// <summary>A range that may leave its half of the address space, which it must not.</summary>
    public static bool TryCreate(Page first, PageCount count, out PageRange range)
    {
        range = new PageRange(first, count);
        if (count.Value == 0)
        {
            return true;
        }

        ulong last = first.Number + count.Value - 1;
        return VirtualAddress.TryCreate(last << 12, out VirtualAddress address)
            && last >= first.Number && last >> 52 == 0
            && address.IsUserHalf == first.IsUserHalf;
    }

    /// <summary>A range known to stay in its half of the address space.</summary>
    public static PageRange Of(Page first, PageCount count)
    {
        Ensure.That(TryCreate(first, count, out PageRange range), "a range stays in its half");
        return range;
    }

    /// <summary>A range between numbers that come from pages of one half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static PageRange Known(ulong first, ulong end) =>
        new(Page.Known(first), PageCount.Known(end - first));

    /// <summary>Whether the page is one of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(Page page) => page.Number - First.Number < Count.Value;

    /// <summary>Whether all of the other range lies in this one.</summary>
    public bool Contains(PageRange other) =>
        other.IsEmpty || (other.First >= First && other.EndNumber <= EndNumber);

    /// <summary>Whether some page is in both.</summary>
    public bool Overlaps(PageRange other) =>
        !IsEmpty && !other.IsEmpty
        && First.Number < other.EndNumber && other.First.Number < EndNumber;

    /// <summary>The pages that are in both; empty if there are none.</summary>
    public PageRange Intersect(PageRange other)
    {
        if (!Overlaps(other))
        {
            return default;
        }

        Page first = First > other.First ? First : other.First;
        ulong end = EndNumber < other.EndNumber ? EndNumber : other.EndNumber;
        return new PageRange(first, PageCount.Of(end - first.Number));
    }

    /// <inheritdoc/>
    public override string ToString() => First + " +" + Count;
}
