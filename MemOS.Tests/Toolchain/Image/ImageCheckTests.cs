using System;
using IL2CPU;
using IL2CPU.Elf;
using IL2CPU.Image;
using Xunit;

namespace MemOS.Tests.Toolchain.Image;

/// <summary>Images that must not leave the build.</summary>
public sealed class ImageCheckTests
{
    private const string Code = """
        default rel
        section .text
        global _start
        _start: lea rax, [constant]
                mov rax, [pointer]
                ret
        section .rodata
        constant: dq 1
        section .data
        pointer: dq constant
        section .bss
        room: resb 100
        """;

    [Fact]
    public void An_image_of_code_constants_and_data_is_good()
    {
        using NativeFiles files = new();
        ImageChecks.Check(files.LinkBy(Script(text: 5, constants: 4, data: 6), Code));
    }

    [Fact]
    public void A_writable_and_executable_segment_is_an_error()
    {
        using NativeFiles files = new();
        string message = Fail(files.LinkBy(Script(text: 5, constants: 4, data: 7), Code));
        Assert.Contains("IL2CPU050", message, StringComparison.Ordinal);
        Assert.Contains(".data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_in_a_writable_segment_are_an_error()
    {
        using NativeFiles files = new();
        string message = Fail(files.LinkBy(Script(text: 5, constants: 6, data: 6), Code));
        Assert.Contains("IL2CPU051", message, StringComparison.Ordinal);
        Assert.Contains(".rodata", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_is_only_relocated_counts_as_constant()
    {
        using NativeFiles files = new();
        string text = Code.Replace("section .data",
            "section .data.rel.ro progbits alloc noexec write align=8", StringComparison.Ordinal);
        string script = Script(text: 5, constants: 4, data: 6);
        string wrong = script.Replace(".data :", ".data.rel.ro :", StringComparison.Ordinal);
        Assert.Contains(".data.rel.ro", Fail(files.LinkBy(wrong, text)),
            StringComparison.Ordinal);
        ImageChecks.Check(files.LinkBy(script, text));
    }

    [Fact]
    public void An_undefined_symbol_is_an_error()
    {
        using NativeFiles files = new();
        ElfFile image = files.LinkBy(Script(text: 5, constants: 4, data: 6), Code);
        image.Symbols.Add(Undefined("elsewhere"));
        Assert.Contains("elsewhere", Fail(image), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relocation_that_needs_another_image_is_an_error()
    {
        using NativeFiles files = new();
        ElfFile image = files.LinkBy(Script(text: 5, constants: 4, data: 6), Code);
        Assert.NotEmpty(image.DynamicRelocations);
        image.DynamicRelocations.Add(
            new ElfRelocation(0x1238, image.Symbols[0], (RelocationKind)6, 0));
        Assert.Contains("1238", Fail(image), StringComparison.Ordinal);
    }

    private static ElfSymbol Undefined(string name) => new()
    {
        Name = name,
        Info = 0x10,
        Other = 0,
        SpecialIndex = 0,
        Value = 0,
        Size = 0,
    };

    private static string Fail(ElfFile image) =>
        Assert.Throws<BuildError>(() => ImageChecks.Check(image)).ToBuildMessage();

    private static string Script(int text, int constants, int data) => $$"""
        ENTRY(_start)
        PHDRS
        {
            text PT_LOAD FLAGS({{text}});
            constants PT_LOAD FLAGS({{constants}});
            data PT_LOAD FLAGS({{data}});
        }
        SECTIONS
        {
            . = 0x1000;
            .text : { *(.text) } :text
            . = ALIGN(4096);
            .rodata : { *(.rodata) } :constants
            .rela.dyn : { *(.rela*) } :constants
            .rest : { *(.dynsym) *(.dynstr) *(.hash) *(.gnu.hash) } :constants
            .data.rel.ro : { *(.data.rel.ro) } :constants
            . = ALIGN(4096);
            .data : { *(.data) *(.data.rel.ro) *(.dynamic) *(.got) *(.got.plt) } :data
            .bss : { *(.bss) } :data
        }
        """;
}
