using System;
using System.Runtime.InteropServices;
using System.Text;
using Cosmos.Core.Boot;
using Cosmos.Core.Panics;

namespace MemOS.Tests.Host.Panics;

/// <summary>Whose name a panic gives to an address of code.</summary>
public sealed unsafe class SymbolTableTests : IDisposable
{
    private const ulong Code = 0xFFFF_F000_0000_0000;
    private const ulong CodeBytes = 0x200;

    // The linker had the first two functions in one piece, and the last one in another.
    private static readonly PiecePlace[] _asLinked =
    [
        new() { Offset = 0, Linked = 0x1000 }, new() { Offset = 0x100, Linked = 0x1100 },
    ];

    private static readonly PiecePlace[] _shuffled =
    [
        new() { Offset = 0, Linked = 0x1100 }, new() { Offset = 0x40, Linked = 0x1000 },
    ];

    private readonly byte* _text;

    // Two functions side by side and one after a gap.
    public SymbolTableTests()
    {
        byte[] lines = Encoding.ASCII.GetBytes(
            "1000 20 NeverReturns_Caller\n1020 10 Next\n1100 8 Last\n");
        // Safe: as many bytes as are copied, until the test is over.
        _text = (byte*)NativeMemory.Alloc((nuint)lines.Length);
        lines.CopyTo(new Span<byte>(_text, lines.Length));
        SymbolTable.Install(_text, lines.Length);
    }

    public void Dispose()
    {
        SymbolTable.Install(null, 0);
        NativeMemory.Free(_text);
    }

    [Theory]
    [InlineData(0x000, CodeAddress.Instruction, "NeverReturns_Caller+0")]
    [InlineData(0x01F, CodeAddress.Instruction, "NeverReturns_Caller+31")]
    [InlineData(0x020, CodeAddress.Instruction, "Next+0")]
    // The last instruction of the first one is a call that does not return.
    [InlineData(0x020, CodeAddress.Return, "NeverReturns_Caller+32")]
    [InlineData(0x021, CodeAddress.Return, "Next+1")]
    [InlineData(0x108, CodeAddress.Return, "Last+8")]
    [InlineData(0x108, CodeAddress.Instruction, "")]
    [InlineData(0x100, CodeAddress.Return, "")]
    [InlineData(0x000, CodeAddress.Return, "")]
    [InlineData(0x200, CodeAddress.Instruction, "")]
    public void An_address_has_the_name_of_the_function_that_was_in_it(
        ulong offset, CodeAddress kind, string expected) =>
        Assert.Equal(expected, Find(_asLinked, offset, kind));

    [Theory]
    [InlineData(0x000, CodeAddress.Instruction, "Last+0")]
    [InlineData(0x008, CodeAddress.Return, "Last+8")]
    [InlineData(0x008, CodeAddress.Instruction, "")]
    [InlineData(0x03F, CodeAddress.Instruction, "")]
    [InlineData(0x040, CodeAddress.Instruction, "NeverReturns_Caller+0")]
    [InlineData(0x040, CodeAddress.Return, "")]
    [InlineData(0x060, CodeAddress.Return, "NeverReturns_Caller+32")]
    [InlineData(0x060, CodeAddress.Instruction, "Next+0")]
    [InlineData(0x1FF, CodeAddress.Instruction, "")]
    public void Names_go_with_their_functions_to_another_place(
        ulong offset, CodeAddress kind, string expected) =>
        Assert.Equal(expected, Find(_shuffled, offset, kind));

    private static string Find(PiecePlace[] pieces, ulong offset, CodeAddress kind)
    {
        bool isFound = SymbolTable.TryFind(
            new CodeMap(Code, CodeBytes, pieces), Code + offset, kind,
            out ReadOnlySpan<byte> name, out ulong distance);
        return isFound ? $"{Encoding.ASCII.GetString(name)}+{distance}" : "";
    }
}
