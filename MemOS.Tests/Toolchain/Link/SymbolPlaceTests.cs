using System;
using IL2CPU.Compile;
using IL2CPU.Link;
using MemOS.Tests.Toolchain.Plugs;
using Xunit;

namespace MemOS.Tests.Toolchain.Link;

/// <summary>Where C# code asks for a native symbol.</summary>
public sealed class SymbolPlaceTests
{
    private const string Source = """
        namespace System.Runtime
        {
            internal sealed class RuntimeImportAttribute : Attribute
            {
                public RuntimeImportAttribute(string library, string entry) { }
            }
        }
        public static class Native
        {
            [System.Runtime.RuntimeImport("*", "wanted")]
            [System.Runtime.CompilerServices.MethodImpl(
                System.Runtime.CompilerServices.MethodImplOptions.InternalCall)]
            public static extern int Wanted();

            [System.Runtime.InteropServices.DllImport("*", EntryPoint = "other")]
            public static extern int Other();

            public static int Call() => Wanted() + Other();
        }
        """;

    [Theory]
    [InlineData("wanted")]
    [InlineData("other")]
    public void It_is_the_type_that_imports_the_symbol(string symbol)
    {
        using PlugBench bench = new("public static class Program { }", Source);
        Assert.StartsWith("/src/Plugs.cs(22,", Find(bench, symbol),
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_line_of_assembly_that_declares_the_symbol()
    {
        using PlugBench bench = new("public static class Program { }", Source);
        Assert.Equal("/src/Text.asm(2)", Find(bench, "far"));
    }

    [Fact]
    public void A_symbol_that_no_code_imports_has_no_place()
    {
        using PlugBench bench = new("public static class Program { }", Source);
        Assert.Null(Find(bench, "nowhere"));
    }

    private static string? Find(PlugBench bench, string symbol) => SymbolPlaces.Find(
        bench.Assemblies,
        [new AssemblySource("Text.asm", "; nowhere\nextern near, far\n"u8.ToArray(),
            "/src/Text.asm")],
        symbol);
}
