using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Tests.Host.Userland;

public sealed class ValueTests
{
    [Theory]
    [InlineData(0, "0x0000_0000_0000")]
    [InlineData(0x2F31_8000_1000, "0x2f31_8000_1000")]
    [InlineData(0xAB_CDEF_0123_4567, "0xab_cdef_0123_4567")]
    [InlineData(0xFFFF_8000_0000_0000, "0xffff_8000_0000_0000")]
    public void An_address_is_written_in_groups_of_four_digits(ulong value, string text) =>
        Assert.Equal(text, new Address(value).ToString());

    [Fact]
    public void An_address_is_read_as_it_was_written() => Gen.ULong.Sample(value =>
        Address.TryParse(new Address(value).ToString(), out Address address)
        && address.Value == value);

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("stack")]
    [InlineData("0x1_0000_0000_0000_0000")]
    public void What_is_no_address_is_not_read(string text) =>
        Assert.False(Address.TryParse(text, out _));

    [Theory]
    [InlineData("7", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData(" 7", false)]
    [InlineData("99999999999999999999", false)]
    public void A_process_number_is_digits_and_not_0(string text, bool isNumber) =>
        Assert.Equal(isNumber, ProcessId.TryParse(text, out _));

    [Theory]
    [InlineData(EndReason.Exited, 3, FaultKind.None, "exit 3")]
    [InlineData(EndReason.Killed, 0, FaultKind.None, "killed")]
    [InlineData(EndReason.OutOfMemory, 0x1000, FaultKind.None, "ended: out of memory")]
    [InlineData(EndReason.Faulted, 0x1000, FaultKind.Write, "ended: write to 0x0000_0000_1000")]
    [InlineData(EndReason.Faulted, 0x1000, FaultKind.Divide, "ended: division by zero")]
    public void An_end_is_told_in_words(
        EndReason reason, ulong data, FaultKind fault, string text) =>
        Assert.Equal(text, new ProcessEnd(reason, data, fault).ToString());

    [Fact]
    public void Ends_are_alike_wherever_the_fault_was()
    {
        ProcessEnd end = new(EndReason.Faulted, 0x1000, FaultKind.Write);
        Assert.True(end.IsLike(end with { Data = 0x2000 }));
        Assert.False(end.IsLike(end with { Fault = FaultKind.Read }));
        Assert.False(end.IsLike(end with { Reason = EndReason.Exited }));
    }

    [Fact]
    public void Exits_are_alike_with_the_same_data_only()
    {
        ProcessEnd end = new(EndReason.Exited, 0x10, FaultKind.None);
        Assert.True(end.IsLike(end));
        Assert.False(end.IsLike(end with { Data = 0 }));
    }

    [Fact]
    public void A_region_holds_the_addresses_from_its_start_up_to_its_end()
    {
        Region region = new(new(0x1000), 0x2000, MemoryRights.ReadWrite, RegionKind.Stack);
        Assert.False(region.Contains(new(0xFFF)));
        Assert.True(region.Contains(new(0x1000)));
        Assert.True(region.Contains(new(0x2FFF)));
        Assert.False(region.Contains(region.End));
        Assert.Equal("rw- stack, 8 KB", region.Description);
        Assert.Equal("0x0000_0000_1000 rw- stack, 8 KB", region.ToString());
    }
}
