using System;
using System.Collections.Generic;
using IL2CPU;
using IL2CPU.Elf;
using IL2CPU.Link;
using Xunit;

namespace MemOS.Tests.Toolchain.Link;

/// <summary>What no object defines: found with its users, refused if not on the list.</summary>
public sealed class UndefinedSymbolTests
{
    private const string Caller = """
        section .text
        extern there, gone, RhGetRuntimeVersion
        global first, second
        first:  call there
                call gone
                ret
        second: jmp gone
                call RhGetRuntimeVersion
        """;

    [Fact]
    public void A_symbol_that_another_object_defines_is_not_missing()
    {
        using NativeFiles files = new();
        IReadOnlyDictionary<string, IReadOnlyCollection<string>> missing = Missing(files);
        Assert.DoesNotContain("there", missing.Keys);
        Assert.Equal(["first", "second"], missing["gone"]);
    }

    [Fact]
    public void A_missing_symbol_is_an_error_that_names_its_users_and_place()
    {
        using NativeFiles files = new();
        BuildError error = Assert.Throws<BuildError>(() => MissingSymbols.Check(
            Missing(files), symbol => $"/src/{symbol}.cs(3,1)"));
        string message = error.ToBuildMessage();
        Assert.StartsWith("/src/gone.cs(3,1): error IL2CPU040: ", message,
            StringComparison.Ordinal);
        Assert.Contains("first, second", message, StringComparison.Ordinal);
        Assert.DoesNotContain("RhGetRuntimeVersion", message, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Missing(
        NativeFiles files) => UndefinedSymbols.Find(
    [
        ElfReader.Read(files.Assemble("caller", Caller)),
        ElfReader.Read(files.Assemble("callee", "section .text\nglobal there\nthere: ret\n")),
    ]);
}
