namespace MemOS.Memory.Addresses;

/// <summary>
/// How many levels of page tables the machine walks, and so how far addresses reach.
/// </summary>
public enum AddressWidth : byte
{
    /// <summary>Four levels: 48 bits.</summary>
    Bits48 = 4,

    /// <summary>Five levels (LA57): 57 bits.</summary>
    Bits57 = 5,
}

/// <summary>The bounds that a width sets.</summary>
public static class AddressWidths
{
    /// <summary>Levels of tables from the root to a 4 KB page.</summary>
    public static int Levels(this AddressWidth width) => (int)width;

    /// <summary>Bits of an address that count.</summary>
    public static int Bits(this AddressWidth width) => 12 + (9 * (int)width);

    /// <summary>The number of 4 KB pages in one half of an address space.</summary>
    public static PageCount PagesInHalf(this AddressWidth width) =>
        PageCount.Of(1ul << (width.Bits() - 1 - 12));

    /// <summary>The first page of the upper half, which belongs to the kernel.</summary>
    public static Page FirstKernelPage(this AddressWidth width) =>
        Page.Containing(VirtualAddress.Create(ulong.MaxValue << (width.Bits() - 1)));

    /// <summary>Whether the tables of this width can map the page.</summary>
    public static bool Reaches(this AddressWidth width, Page page)
    {
        int unused = 64 - width.Bits();
        ulong start = page.Start.Value;
        return (ulong)((long)(start << unused) >> unused) == start;
    }
}
