using System;
using System.Runtime.InteropServices;
using System.Text;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Longest;

/// <summary>Single calls with as much to do as they take.</summary>
internal static unsafe class CallAttacks
{
    private const int Longest = SyscallConvention.LongestBuffer;
    private const int Regions = 2000;

    internal static readonly Attack[] All =
    [
        new("write 64 KB of lines to the console", static () => Write("\n")),
        new("write 64 KB of text to the console", static () => Write("text in colour ")),
        new("write 64 KB of erasing to the console", static () => Write("\e[2J")),
        new("write 64 KB of scrolling to the console", static () => Write("\e[9999S")),
        new("write 64 KB of inserted lines to the console", static () => Write("\e[1L\e[1M")),
        new("fill 64 KB with random bytes", static () => Call(SyscallCode.FillRandom)),
        new("fill large pages that a copy has", FillCopied),
        new("read the log", static () => Call(SyscallCode.ReadLog)),
        new("list two thousand regions", ListRegions),
        new("serve accesses", Serve),
        new("count memory", static () => _ = Machine.Memory),
        new("audit memory", static () => Machine.Audit()),
    ];

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct Block(SyscallCode code, Address start, ulong bytes)
    {
        private readonly SyscallCode _code = code;
        private readonly ulong _start = start.Value;
        private readonly ulong _bytes = bytes;
    }

    // The escape sequence for the alternate screen keeps what is there.
    private static void Write(string part)
    {
        using Pages pages = Memory.Allocate(Longest);
        byte[] bytes = Encoding.UTF8.GetBytes(part);
        Span<byte> to = pages.Slice(0, Longest);
        for (int i = 0; i < Longest; i++)
            to[i] = bytes[i % bytes.Length];
        Invoke(SyscallCode.ConsoleWrite, pages);
        Console.Write("\e[0m\e[H\e[2J");
    }

    private static void Call(SyscallCode code)
    {
        using Pages pages = Memory.Allocate(Longest);
        Invoke(code, pages);
    }

    // Across the end of a page.
    private static void FillCopied() => MemoryAttacks.ChangeCopied(static pages =>
        Syscall.Invoke(new Block(
            SyscallCode.FillRandom,
            new Address(pages.Start.Value + MemoryAttacks.LargePage - 8), 16)));

    private static void Invoke(SyscallCode code, Pages pages) =>
        Syscall.Invoke(new Block(code, pages.Start, pages.Bytes));

    private static void ListRegions()
    {
        for (int i = 0; i < Regions; i++)
            Memory.Allocate(Memory.PageBytes);
        _ = Process.Maps(Process.Id);
    }

    private static void Serve()
    {
        using ServedSegment served = new(
            Memory.PageBytes, Load, static (_, _, _) => BackerAnswer.Done);
        using Mapping mapping = served.Segment.Map();
        _ = mapping[0];
    }

    private static BackerAnswer Load(nuint offset, int bytes, out ulong value)
    {
        value = 1;
        return BackerAnswer.Done;
    }
}
