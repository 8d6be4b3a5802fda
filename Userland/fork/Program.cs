using System;
using System.Diagnostics;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Fork;

/// <summary>Copies itself with ten thousand pages, of which the copy writes a few.</summary>
internal static unsafe class Program
{
    private const uint Page = Memory.PageBytes;
    private const uint MostPages = 10_000;
    private const uint Every = 400;
    private const ulong CopysMark = 0xC0B1_E5ED;

    // Tables and the pages of its own stack and data that a copy needs at most, in pages.
    private const ulong Overhead = 400;

    // What this program itself has touched for the first time meanwhile.
    private const ulong Slack = 16;

    // Less than what a large page has, so that a page is what is copied.
    private const uint PiecePages = 500;

    private static int Main()
    {
        Verdict verdict = new("fork");
        // On a small machine, a third of what it has left.
        uint pages = (uint)ulong.Min(MostPages, Machine.Memory.Free / Page / 3);
        pages -= pages % PiecePages;
        Pages[] pieces = new Pages[pages / PiecePages];
        for (int i = 0; i < pieces.Length; i++)
            pieces[i] = Memory.Allocate(PiecePages * Page);
        for (uint i = 0; i < pages; i++)
            Word(pieces, i) = i;
        ulong before = InUse;
        long stamp = Stopwatch.GetTimestamp();
        ProcessId? child = Process.Copy();
        if (child is null)
            BeCopy(pieces, pages);
        double microseconds = Stopwatch.GetElapsedTime(stamp).TotalMicroseconds;
        ProcessEnd end = Process.Wait(child!.Value);
        ulong after = InUse;
        ulong copied = (ulong)end.Data;
        if (end.Reason != EndReason.Exited || copied > (pages / Every) + Overhead)
            verdict.Fail($"the copy went wrong or cost too much: {end}");
        if (after > before + Slack)
            verdict.Fail("not all came back");
        for (uint i = 0; i < pages; i++)
        {
            if (Word(pieces, i) != i)
                verdict.Fail("the copy wrote into this process");
        }
        Table table = new Table("moment", "pages in use", "").AlignRight(1);
        table.Add("before", Sizes.Grouped(before), $"{Sizes.Grouped(pages)} of them filled");
        table.Add("as a copy ran", Sizes.Grouped(before + copied), $"made in {microseconds:F0} µs; "
            + $"it wrote {Sizes.Grouped(pages / Every)} pages, each below page tables of its own");
        table.Add("after its end", Sizes.Grouped(after), "and here nothing has changed");
        Console.Write(table);
        return verdict.Print();
    }

    // Its exit data is how many pages it took to write a few.
    private static void BeCopy(Pages[] pieces, uint pages)
    {
        ulong before = InUse;
        for (uint i = 0; i < pages; i += Every)
        {
            if (Word(pieces, i) != i)
                Process.Exit(-1);
            Word(pieces, i) = CopysMark;
        }
        Process.Exit((long)(InUse - before));
    }

    private static ulong InUse => Machine.Memory.Programs / Page;

    // Safe: the page is within the pieces.
    private static ref ulong Word(Pages[] pieces, uint page) =>
        ref *(ulong*)(pieces[page / PiecePages].Start.Value + (page % PiecePages * Page));
}
