using System;
using System.Runtime.InteropServices;
using System.Text;
using Cosmos.Core.Panics;

namespace MemOS.Tests.Host.Panics;

/// <summary>Whose name a panic gives to an address of code.</summary>
public sealed unsafe class SymbolTableTests : IDisposable
{
    private const ulong Image = 0xFFFF_F000_0000_0000;

    private readonly byte* _text;

    // Two functions side by side and one after a gap.
    public SymbolTableTests()
    {
        byte[] lines = Encoding.ASCII.GetBytes(
            "1000 20 NeverReturns_Caller\n1020 10 Next\n1100 8 Last\n");
        // Safe: as many bytes as are copied, until the test is over.
        _text = (byte*)NativeMemory.Alloc((nuint)lines.Length);
        lines.CopyTo(new Span<byte>(_text, lines.Length));
        SymbolTable.Install(_text, lines.Length, (byte*)Image);
    }

    public void Dispose()
    {
        SymbolTable.Install(null, 0, null);
        NativeMemory.Free(_text);
    }

    [Theory]
    [InlineData(0x1000, CodeAddress.Instruction, "NeverReturns_Caller+0")]
    [InlineData(0x101F, CodeAddress.Instruction, "NeverReturns_Caller+31")]
    [InlineData(0x1020, CodeAddress.Instruction, "Next+0")]
    // The last instruction of the first one is a call that does not return.
    [InlineData(0x1020, CodeAddress.Return, "NeverReturns_Caller+32")]
    [InlineData(0x1021, CodeAddress.Return, "Next+1")]
    [InlineData(0x1108, CodeAddress.Return, "Last+8")]
    [InlineData(0x1108, CodeAddress.Instruction, "")]
    [InlineData(0x1100, CodeAddress.Return, "")]
    [InlineData(0x1000, CodeAddress.Return, "")]
    [InlineData(0x0FFF, CodeAddress.Instruction, "")]
    public void An_address_has_the_name_of_the_function_that_was_in_it(
        ulong offset, CodeAddress kind, string expected)
    {
        bool isFound = SymbolTable.TryFind(
            Image + offset, kind, out ReadOnlySpan<byte> name, out ulong distance);
        Assert.Equal(expected, isFound ? $"{Encoding.ASCII.GetString(name)}+{distance}" : "");
    }
}
