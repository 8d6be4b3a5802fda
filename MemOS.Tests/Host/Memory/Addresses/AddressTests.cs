using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Tests.Host.Memory.Addresses;

public sealed class AddressTests
{
    [Fact]
    public void A_virtual_address_is_made_of_canonical_numbers_only() =>
        Gen.ULong.Sample(value =>
        {
            ulong upper = value >> 56;
            return VirtualAddress.TryCreate(value, out _) == (upper is 0 or 0xFF);
        });

    [Theory]
    [InlineData(0x0000_7FFF_FFFF_F000, AddressWidth.Bits48, true)]
    [InlineData(0x0000_8000_0000_0000, AddressWidth.Bits48, false)]
    [InlineData(0x0000_8000_0000_0000, AddressWidth.Bits57, true)]
    [InlineData(0xFFFF_8000_0000_0000, AddressWidth.Bits48, true)]
    [InlineData(0xFFFF_7FFF_FFFF_F000, AddressWidth.Bits48, false)]
    public void A_width_reaches_its_two_halves(ulong address, AddressWidth width, bool reached) =>
        Assert.Equal(reached, width.Reaches(VirtualAddress.Create(address).Page));

    [Fact]
    public void A_physical_address_has_52_bits()
    {
        Assert.True(PhysicalAddress.TryCreate((1ul << 52) - 1, out _));
        Assert.False(PhysicalAddress.TryCreate(1ul << 52, out _));
        Assert.Throws<ContractBrokenException>(() => PhysicalAddress.Create(1ul << 52));
    }

    [Fact]
    public void A_range_does_not_leave_its_half()
    {
        Page last = AddressWidth.Bits57.FirstKernelPage();
        Page highest = VirtualAddress.Create(0xFFFF_FFFF_FFFF_F000).Page;
        Page user = VirtualAddress.Create(0x00FF_FFFF_FFFF_F000).Page;
        Assert.True(PageRange.TryCreate(last, AddressWidth.Bits57.PagesInHalf(), out _));
        Assert.True(PageRange.TryCreate(highest, PageCount.One, out _));
        Assert.False(PageRange.TryCreate(highest, PageCount.Of(2), out _));
        Assert.False(PageRange.TryCreate(user, PageCount.Of(2), out _));
        Assert.False(PageRange.TryCreate(user, PageCount.Of(1ul << 52), out _));
    }

    [Fact]
    public void Intersections_hold_what_both_ranges_hold() =>
        Gen.Select(Gen.ULong[0, 40], Gen.ULong[0, 40], Gen.ULong[0, 40], Gen.ULong[0, 40])
            .Sample((start1, count1, start2, count2) =>
            {
                PageRange a = Range(start1, count1);
                PageRange b = Range(start2, count2);
                PageRange both = a.Intersect(b);
                for (ulong i = 0; i < 90; i++)
                {
                    Page page = VirtualAddress.Create(i << 12).Page;
                    if (both.Contains(page) != (a.Contains(page) && b.Contains(page)))
                    {
                        return false;
                    }
                }

                return a.Overlaps(b) == !both.IsEmpty;
            });

    private static PageRange Range(ulong first, ulong count) =>
        PageRange.Of(VirtualAddress.Create(first << 12).Page, PageCount.Of(count));
}
