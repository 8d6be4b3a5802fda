using System;
using System.IO;
using IL2CPU.Elf;
using IL2CPU.Image;
using Xunit;

namespace MemOS.Tests.Toolchain.Image;

/// <summary>How much of an image each assembly takes.</summary>
public sealed class ImageSizeTests
{
    private const string Code = """
        section .text
        global _start, S_P_CoreLib_System_Object___ctor, App_App_Program__Main
        _start: times 16 nop
        S_P_CoreLib_System_Object___ctor: times 32 nop
        App_App_Program__Main: times 48 nop
        section .data
        _ZTV3App_Core_App_Core_Thing: times 24 db 1
        __GCSTATICSApp_App_Program: times 8 db 1
        __Str_hello: times 40 db 1
        """;

    [Fact]
    public void Each_symbol_counts_for_the_assembly_that_it_names()
    {
        using NativeFiles files = new();
        ImageSizes sizes = Of(files);
        Assert.Equal(32u, sizes.Total("System.Private.CoreLib"));
        Assert.Equal(56u, sizes.Total("App"));
        Assert.Equal(24u, sizes.Total("App.Core"));
        Assert.Equal(40u, sizes.Total("(string literals)"));
        Assert.Equal(16u, sizes.Total("(assembly code)"));
    }

    [Fact]
    public void The_file_has_a_line_for_each_and_the_summary_names_the_largest()
    {
        using NativeFiles files = new();
        ImageSizes sizes = Of(files);
        string path = Path.Combine(files.Folder, "sizes.txt");
        sizes.Write(path);
        string[] lines = File.ReadAllLines(path);
        Assert.EndsWith("assembly", lines[0], StringComparison.Ordinal);
        Assert.Contains("       48         0         8        56  App", lines);
        Assert.Contains("App 1 KB", sizes.Summary(), StringComparison.Ordinal);
    }

    private static ImageSizes Of(NativeFiles files) => ImageSizes.Of(
        ElfReader.Read(files.Link("sized", files.Assemble("sized", Code))),
        ["App", "App.Core", "System.Private.CoreLib"]);
}
