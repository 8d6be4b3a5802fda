using System;
using System.IO;
using System.Linq;
using IL2CPU.Elf;
using IL2CPU.Order;
using Xunit;

namespace MemOS.Tests.Toolchain.Order;

/// <summary>Functions change places, and what they do stays the same.</summary>
public sealed class FunctionShuffleTests
{
    // Calls, jumps and addresses from one function to another, which nasm fills in itself, as ILC
    // does; a table of functions; a function with two names. It exits with 42.
    private const string Program = """
        default rel
        section .text
        global _start:function (_start.end - _start)
        global two:function (both.end - two)
        global both:function (both.end - two)
        global sum:function (sum.end - sum)
        global ten:function (ten.end - ten)
        global twice:function (twice.end - twice)
        _start: call two
                mov edi, eax
                lea rax, [sum]
                mov esi, 8
                call rax
                lea rcx, [table]
                mov edx, 1
                call [rcx + rdx * 8]
                mov edi, eax
                mov eax, 60
                syscall
        .end:
        align 16
        two:
        both:   mov eax, 2
                ret
        .end:
        align 16
        sum:    lea eax, [rdi + rsi]
                ret
        .end:
        align 16
        ten:    mov eax, 10
                ret
        .end:
        align 16
        twice:  push rax
                call ten
                pop rcx
                cmp eax, 10
                jne near two
                shl ecx, 2
                lea eax, [ecx + 2]
                ret
        .end:
        section .data
        table:  dq two wrt ..sym, twice wrt ..sym
        """;

    [Fact]
    public void Whatever_the_order_the_program_does_the_same()
    {
        using NativeFiles files = new();
        string original = files.Assemble("program", Program);
        Assert.Equal(42, NativeFiles.ExitCode(files.Link("plain", original)));
        for (ulong seed = 0; seed < 20; seed++)
            Assert.Equal(42, NativeFiles.ExitCode(Shuffle(files, original, seed)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        using NativeFiles files = new();
        string original = files.Assemble("program", Program);
        byte[] one = File.ReadAllBytes(Shuffle(files, original, 1));
        Assert.Equal(one, File.ReadAllBytes(Shuffle(files, original, 1)));
        Assert.NotEqual(one, File.ReadAllBytes(Shuffle(files, original, 2)));
    }

    [Fact]
    public void Every_function_comes_to_stand_first_for_some_seed()
    {
        using NativeFiles files = new();
        string original = files.Assemble("program", Program);
        string[] first = [.. Enumerable.Range(0, 60)
            .Select(seed => First(Shuffled(original, (ulong)seed))).Distinct()];
        Assert.Equal(["_start", "sum", "ten", "twice", "two"], first.Order());
    }

    [Fact]
    public void Every_function_keeps_its_alignment()
    {
        using NativeFiles files = new();
        ElfFile elf = Shuffled(files.Assemble("program", Program), 7);
        Assert.All(elf.Symbols.Where(one => one.Kind == SymbolKind.Function),
            one => Assert.Equal(0u, one.Value % 16));
    }

    [Fact]
    public void Code_that_is_in_no_function_is_refused()
    {
        using NativeFiles files = new();
        string text = Program.Replace("global ten:function (ten.end - ten)", "",
            StringComparison.Ordinal);
        string original = files.Assemble("stray", text);
        Assert.Throws<InvalidDataException>(() => Shuffled(original, 1));
    }

    [Fact]
    public void A_jump_too_short_to_leave_its_function_is_refused()
    {
        using NativeFiles files = new();
        string original = files.Assemble("short",
            Program.Replace("jne near two", "jne short two", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => Shuffled(original, 1));
    }

    [Fact]
    public void An_order_is_fair()
    {
        // Each of 6 orders of 3 things is due 1,000 times in 6,000; the seed is fixed.
        int[] counts = new int[27];
        for (ulong seed = 0; seed < 6000; seed++)
        {
            int[] items = [0, 1, 2];
            new RandomOrder(seed).Shuffle(items.AsSpan());
            counts[(items[0] * 9) + (items[1] * 3) + items[2]]++;
        }
        int[] seen = [.. counts.Where(count => count > 0)];
        Assert.Equal(6, seen.Length);
        Assert.All(seen, count => Assert.InRange(count, 850, 1150));
    }

    private static string Shuffle(NativeFiles files, string original, ulong seed)
    {
        string path = Path.Combine(files.Folder, "shuffled.o");
        ElfWriter.Write(Shuffled(original, seed), path);
        return files.Link($"shuffled{seed}", path);
    }

    private static ElfFile Shuffled(string original, ulong seed)
    {
        ElfFile elf = ElfReader.Read(original);
        FunctionShuffle.Apply(elf, new RandomOrder(seed));
        return elf;
    }

    private static string First(ElfFile elf) => elf.Symbols
        .Where(one => one.Kind == SymbolKind.Function && one.Name != "both")
        .MinBy(one => one.Value)!.Name;
}
