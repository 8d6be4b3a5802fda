using System;
using System.Text;
using Cosmos.Core.Devices;
using Cosmos.System.ScanMaps;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Input;

[Collection(CountsAllocations.Name)]
public sealed class ConsoleInputTests
{
    private const int RingBytes = 4096;

    private const int Shift = 0x2A;
    private const int Control = 0x1D;
    private const int Alt = 0x38;
    private const int CapsLock = 0x3A;
    private const int NumLock = 0x45;
    private const int Extended = 0xE0;
    private const int Released = 0x80;

    private readonly ConsoleInput _input = new(new SerialPort(SerialPort.Com1));

    [Theory]
    [InlineData("a", 0x1E)]
    [InlineData("A", Shift, 0x1E)]
    [InlineData("a", Shift, Shift | Released, 0x1E)]
    [InlineData("A", CapsLock, CapsLock | Released, 0x1E)]
    [InlineData("!", Shift, 0x02)]
    [InlineData(" ", 0x39)]
    [InlineData("\r", 0x1C)]
    [InlineData("\r", Extended, 0x1C)]
    [InlineData("\u007F", 0x0E)]
    [InlineData("\t", 0x0F)]
    [InlineData("\u001B", 0x01)]
    [InlineData("7", 0x47)]
    [InlineData("/", Extended, 0x35)]
    public void Keys_type_what_stands_on_them(string typed, params int[] codes) =>
        Assert.Equal(typed, Type(codes));

    [Theory]
    [InlineData("\u0003", Control, 0x2E)]
    [InlineData("\u0003", Extended, Control, 0x2E)]
    [InlineData("\u0003", Control, Shift, 0x2E)]
    [InlineData("\0", Control, 0x39)]
    [InlineData("\u001B", Control, 0x1A)]
    [InlineData("\u001F", Control, Shift, 0x0C)]
    [InlineData("c", Control, Control | Released, 0x2E)]
    [InlineData("\u001Bb", Alt, 0x30)]
    [InlineData("\u001B\u007F", Alt, 0x0E)]
    public void Control_and_alt_change_what_keys_type(string typed, params int[] codes) =>
        Assert.Equal(typed, Type(codes));

    [Theory]
    [InlineData("\u001B[A", Extended, 0x48)]
    [InlineData("\u001B[B", Extended, 0x50)]
    [InlineData("\u001B[C", Extended, 0x4D)]
    [InlineData("\u001B[D", Extended, 0x4B)]
    [InlineData("\u001B[H", Extended, 0x47)]
    [InlineData("\u001B[F", Extended, 0x4F)]
    [InlineData("\u001B[2~", Extended, 0x52)]
    [InlineData("\u001B[3~", Extended, 0x53)]
    [InlineData("\u001B[5~", Extended, 0x49)]
    [InlineData("\u001B[6~", Extended, 0x51)]
    [InlineData("\u001B[11~", 0x3B)]
    [InlineData("\u001B[24~", 0x58)]
    [InlineData("\u001B[Z", Shift, 0x0F)]
    [InlineData("\u001B[1;5D", Control, Extended, 0x4B)]
    [InlineData("\u001B[1;8A", Control, Alt, Shift, Extended, 0x48)]
    [InlineData("\u001B[3;5~", Control, Extended, 0x53)]
    [InlineData("\u001B[A", NumLock, NumLock | Released, 0x48)]
    public void Keys_that_type_nothing_send_sequences(string typed, params int[] codes) =>
        Assert.Equal(typed, Type(codes));

    [Theory]
    [InlineData(Shift)]
    [InlineData(0x1E | Released)]
    [InlineData(Extended, Shift)]
    [InlineData(Extended, 0x5B)]
    [InlineData(0xE1, Control, NumLock, 0xE1, 0x9D, 0xC5)]
    [InlineData(0x7F)]
    public void What_is_no_key_of_text_sends_nothing(params int[] codes)
    {
        Assert.Equal("", Type(codes));
        Assert.True(_input.IsEmpty);
    }

    [Theory]
    [InlineData("ö", 0x27)]
    [InlineData("€", Extended, Alt, 0x12)]
    [InlineData("@", Extended, Alt, 0x10)]
    [InlineData("z", 0x15)]
    public void The_layout_can_be_changed(string typed, params int[] codes)
    {
        _input.Layout = new DEStandardLayout();
        Assert.Equal(typed, Type(codes));
    }

    [Fact]
    public void Reading_takes_what_fits_and_leaves_the_rest()
    {
        Press(0x1E, 0x30, 0x2E);
        Span<byte> two = stackalloc byte[2];
        Assert.Equal(2, _input.Read(two));
        Assert.Equal("ab"u8, two);
        Assert.False(_input.IsEmpty);
        Assert.Equal(1, _input.Read(two));
        Assert.True(_input.IsEmpty);
        Assert.Equal(0, _input.Read(two));
    }

    [Fact]
    public void Control_c_is_a_key_unless_it_is_to_interrupt()
    {
        Assert.Equal("\u0003", Type([Control, 0x2E]));
        Assert.False(_input.TakeInterruption());
        Press(Control | Released);

        _input.ControlC = ControlC.Interrupts;
        Press(0x1E);
        Assert.Equal("", Type([Control, 0x2E]));
        Assert.True(_input.TakeInterruption());
        Assert.False(_input.TakeInterruption());
    }

    [Fact]
    public void What_is_typed_after_an_interruption_stays()
    {
        _input.ControlC = ControlC.Interrupts;
        Press(0x1E, Control, 0x2E, Control | Released, 0x30);
        Assert.Equal("b", ReadAll());
    }

    [Fact]
    public void One_that_was_typed_as_a_key_interrupts_whoever_gets_the_console()
    {
        Press(0x1E, Control, 0x2E, Control | Released, 0x30);
        _input.ControlC = ControlC.Interrupts;
        Assert.True(_input.TakeInterruption());
        Assert.False(_input.TakeInterruption());
        Assert.Equal("b", ReadAll());
    }

    [Fact]
    public void A_full_ring_does_not_hide_an_interruption()
    {
        _input.ControlC = ControlC.Interrupts;
        for (int i = 0; i < RingBytes; i++)
            Press(0x1E);
        Press(Control, 0x2E);
        Assert.True(_input.TakeInterruption());
        Assert.Equal("", ReadAll());
    }

    [Fact]
    public void A_full_ring_loses_what_comes_last_and_no_half_sequence()
    {
        for (int i = 0; i < RingBytes - 2; i++)
            Press(0x1E);
        Press(Extended, 0x48);
        Press(0x30, 0x30, 0x2E);
        Assert.Equal(new string('a', RingBytes - 2) + "bb", ReadAll());
        Press(Extended, 0x48);
        Assert.Equal("\u001B[A", ReadAll());
    }

    [Fact]
    public void The_ring_goes_round() =>
        Gen.Int[0, 20].Array[0, 40].Sample(
            counts =>
            {
                ConsoleInput input = new(new SerialPort(SerialPort.Com1));
                StringBuilder put = new();
                StringBuilder taken = new();
                byte[] bytes = new byte[RingBytes];
                foreach (int count in counts)
                {
                    for (int i = 0; i < count * 100; i++)
                    {
                        input.TakeScanCode((byte)(0x1E + put.Length % 9));
                        put.Append("asdfghjkl"[put.Length % 9]);
                    }
                    int length = input.Read(bytes);
                    taken.Append(Encoding.ASCII.GetString(bytes, 0, length));
                }
                Assert.Equal(put.ToString(), taken.ToString());
            },
            iter: 10, threads: 1);

    [Fact]
    public void Any_scan_codes_are_allowed() =>
        Gen.Byte.Array[0, 200].Sample(
            codes =>
            {
                ConsoleInput input = new(new SerialPort(SerialPort.Com1));
                foreach (byte code in codes)
                    input.TakeScanCode(code);
                Assert.InRange(input.Read(new byte[RingBytes]), 0, codes.Length * 8);
            },
            iter: 30, threads: 1);

    [Fact]
    public void Taking_keys_allocates_nothing()
    {
        Press(Control, 0x1E, Extended, 0x48);
        long allocated = CountsAllocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
                _input.TakeScanCode((byte)i);
        });
        Assert.Equal(0, allocated);
    }

    private string Type(int[] codes)
    {
        Press(codes);
        return ReadAll();
    }

    private void Press(params int[] codes)
    {
        foreach (int code in codes)
            _input.TakeScanCode((byte)code);
    }

    private string ReadAll()
    {
        byte[] bytes = new byte[RingBytes];
        return Encoding.UTF8.GetString(bytes, 0, _input.Read(bytes));
    }
}
