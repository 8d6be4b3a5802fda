using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Elf;
using IL2CPU.Placement;
using Xunit;

namespace MemOS.Tests.Toolchain.Placement;

/// <summary>What the boot code is told of an image: its pieces, and what refers to what.</summary>
public sealed class PlacementTableTests
{
    private const string Script = """
        SECTIONS
        {
            . = 0x1000;
            __text_start = .;
            .text : { *(.text) }
            . = ALIGN(4096);
            __rodata_start = .;
            .rodata : { *(.rodata) }
            . = ALIGN(4096);
            __data_start = .;
            .data : { *(.data) }
            . = ALIGN(4096);
            __bss_end = .;
        }
        """;

    // Two compiled functions, and routines in assembly between and behind them.
    private const string Kernel = """
        default rel
        section .text align=32
        global first:function (first.end - first)
        global last:function (last.end - last)
        global alone, runs_on, runs_into, jumps, jumped_to
        first:  call last
                lea rax, [constant]
                jmp near alone
        .end:
        align 16
        alone:  mov eax, [value]
                ret
        align 16
        runs_on:
                xor eax, eax
        align 16
        runs_into:
                ret
        align 16
        jumps:  test eax, eax
                jz short jumped_to
                jmp near alone
        align 16
        jumped_to:
                ret
        align 16
        last:   cmp byte [value + 8], 5
                je .end - 1
                ret
        .end:
        section .rodata
        constant: dd last - $, value - $, constant - $
        section .data align=8
        value:  dq first, 7
                dd alone - $, constant - $
        """;

    [Fact]
    public void A_piece_is_a_function_or_routines_that_cannot_be_parted()
    {
        using Table table = Table.Of(Kernel);
        Assert.Equal(
            ["first", "alone", "runs_on", "jumps", "last"], table.Pieces.Select(table.NameAt));
    }

    [Fact]
    public void A_routine_that_runs_on_stays_whole_right_behind_a_function_too()
    {
        using Table table = Table.Of("""
            section .text align=32
            global first:function (runs_on - first)
            global runs_on, runs_into
            first:  times 15 nop
                    ret
            runs_on:
                    xor eax, eax
            align 16
            runs_into:
                    ret
            section .rodata
                    dd 0
            section .data
                    dd 0
            """);
        Assert.Equal(["first", "runs_on"], table.Pieces.Select(table.NameAt));
    }

    [Fact]
    public void What_refers_to_another_piece_or_part_is_listed_and_nothing_else()
    {
        using Table table = Table.Of(Kernel);
        // Two from first, one each from alone, jumps and last.
        Assert.Equal(
            [
                table["first"] + 1, table["first"] + 8, table["first"] + 13,
                table["alone"] + 2, table["jumps"] + 5, table["last"] + 2,
            ],
            table.TextReferences);
        Assert.Equal([table["constant"], table["constant"] + 4], table.ConstantReferences);
        Assert.Equal([table["value"] + 16, table["value"] + 20], table.DataReferences);
        Assert.Equal([table["value"]], table.Addresses);
    }

    [Fact]
    public void A_reference_to_what_is_gone_after_the_boot_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Table.Of(
            Kernel.Replace("lea rax, [constant]", "lea rax, [$$ - 64]",
                StringComparison.Ordinal)));

    [Fact]
    public void A_kind_of_relocation_that_the_boot_code_does_not_know_is_refused() =>
        Assert.Throws<InvalidDataException>(() => Table.Of(
            Kernel.Replace("value:  dq first, 7", "value:  dq first, 7 \n dw first",
                StringComparison.Ordinal)));

    /// <summary>A table as the boot code reads it.</summary>
    private sealed class Table : IDisposable
    {
        private readonly NativeFiles _files = new();
        private readonly ElfFile _image;
        private readonly byte[] _bytes;
        private int _at;

        private Table(string text)
        {
            string script = Path.Combine(_files.Folder, "kernel.ld");
            File.WriteAllText(script, Script);
            _image = ElfReader.Read(_files.Link(
                "kernel", "--emit-relocs", "-T", script, _files.Assemble("kernel", text)));
            _bytes = PlacementTable.Of(_image);
            uint[] counts = [.. Enumerable.Range(0, 5).Select(_ => Word())];
            ulong start = this["__text_start"];
            Pieces = [.. Enumerable.Range(0, (int)counts[0]).Select(_ => Word() + start)];
            TextReferences = Places(start, counts[1]);
            ConstantReferences = Places(this["__rodata_start"], counts[2]);
            DataReferences = Places(this["__data_start"], counts[3]);
            Addresses = Places(this["__rodata_start"], counts[4]);
            Assert.Equal(_bytes.Length, _at);
        }

        public IReadOnlyList<ulong> Pieces { get; }

        public IReadOnlyList<ulong> TextReferences { get; }

        public IReadOnlyList<ulong> ConstantReferences { get; }

        public IReadOnlyList<ulong> DataReferences { get; }

        public IReadOnlyList<ulong> Addresses { get; }

        public ulong this[string symbol] =>
            _image.Symbols.First(one => one.Name == symbol).Value;

        public static Table Of(string text) => new(text);

        public string NameAt(ulong address) => _image.Symbols.First(
            one => one.Value == address && one.Section?.Name == ".text"
                && one.Kind != SymbolKind.Section && !one.Name.StartsWith('_')).Name;

        public void Dispose() => _files.Dispose();

        private uint Word()
        {
            _at += sizeof(uint);
            return BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_at - sizeof(uint)));
        }

        private List<ulong> Places(ulong start, uint count)
        {
            List<ulong> places = [];
            for (uint i = 0; i < count; i++)
            {
                byte distance = _bytes[_at++];
                start += distance == 0xFF ? Word() : distance;
                places.Add(start);
            }
            return places;
        }
    }
}
