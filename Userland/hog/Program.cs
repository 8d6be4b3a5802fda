using System;
using System.Diagnostics;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Hog;

/// <summary>Takes all memory that there is, gives it back, and takes it again.</summary>
internal static class Program
{
    private static int Main()
    {
        Console.WriteLine("Allocating until there is no more (error 0x40), twice:");
        Verdict verdict = new("hog");
        Hoard hoard = new();
        // Nothing is printed between the two: the heap would take pages for the text.
        Round first = Fill(hoard, verdict);
        Round second = Fill(hoard, verdict);
        Table table = new Table("round", "bytes", "", "written to", "ms")
            .AlignRight(1).AlignRight(2).AlignRight(3).AlignRight(4);
        Add(table, "first", first);
        Add(table, "second", second);
        Console.Write(table);
        if (Difference(first.Bytes, second.Bytes) > Slack(first))
            verdict.Fail("the second time it was another figure");
        return verdict.Print();
    }

    // Pieces lie at random: how many page tables they need together differs by a few each time.
    private static ulong Slack(Round round) => (ulong)round.Pieces * Memory.PageBytes;

    private static ulong Difference(ulong a, ulong b) => a > b ? a - b : b - a;

    private static Round Fill(Hoard hoard, Verdict verdict)
    {
        long start = Stopwatch.GetTimestamp();
        ErrorCode error = hoard.Fill();
        (ulong bytes, ulong touched, int pieces) =
            (hoard.Bytes, hoard.BytesTouched, hoard.Pieces);
        hoard.Empty();
        if (error != ErrorCode.NoMemory)
            verdict.Fail($"the last error was 0x{(byte)error:X2}, not 0x40");
        return new(bytes, touched, pieces, Stopwatch.GetElapsedTime(start));
    }

    private static void Add(Table table, string name, Round round) => table.Add(
        name, Sizes.Grouped(round.Bytes), Sizes.Of(round.Bytes), Sizes.Of(round.BytesTouched),
        Sizes.Grouped((ulong)round.Time.TotalMilliseconds));
}
