using System;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Bench;

/// <summary>Measures what MemOS can do so far, beside its peers.</summary>
internal static class Program
{
    /// <summary>The program's own name in the archive.</summary>
    internal const string Name = "bench";

    /// <summary>Has the program end at once, to measure how long starting takes.</summary>
    internal const string ExitArgument = "exit";

    /// <summary>Has the program wait until it is ended, to be given things.</summary>
    internal const string WaitArgument = "wait";

    private const string Unknown = "-";

    private static int Main(string[] args)
    {
        if (args is [ExitArgument])
            return 0;
        while (args is [WaitArgument])
            Clock.Sleep(1000);
        // Those rows alone that are named so.
        string word = args.Length == 0 ? "" : args[0];
        Row[] rows = Named(word,
            [.. MemoryRows.All, .. SegmentRows.All, .. RegionRows.All, .. SignalRows.All,
                .. CopyRows.All]);
        Row[] heapRows = Named(word, HeapRows.All);
        if (rows.Length + heapRows.Length == 0)
        {
            Console.WriteLine("usage: bench [WORDS]\nAll rows, or those with the words in their "
                + "name: \"bench fault\". No row has these.");
            return 1;
        }
        Counter counter = new();
        Console.WriteLine(counter.CountsInstructions
            ? "Figures are guest instructions."
            : "This machine counts time, not instructions: figures vary. See \"make bench\".");
        Print(counter, "memory and processes", "Linux 6.1", rows);
        Print(counter, "heap of a program", "gen3, ns", heapRows);
        Console.WriteLine("\nbench: done");
        return 0;
    }

    private static Row[] Named(string word, Row[] rows) => Array.FindAll(
        rows, row => row.Operation.Contains(word, StringComparison.Ordinal));

    private static void Print(Counter counter, string what, string peer, Row[] rows)
    {
        Table table = new Table(what, "MemOS", peer, "ratio", "goal", "")
            .AlignRight(1).AlignRight(2).AlignRight(3).AlignRight(4);
        foreach (Row row in rows)
            table.Add(Cells(row, counter));
        Console.WriteLine();
        Console.Write(table);
    }

    private static string[] Cells(Row row, Counter counter)
    {
        try
        {
            ulong figure = row.Measure(counter);
            return [row.Operation, Sizes.Grouped(figure), Known(row.Peer),
                Ratios.Of(row.Peer, figure), Known(row.Goal), Judge(row.Goal, figure)];
        }
        catch (MemOsException exception)
        {
            string error = Palette.Bad($"0x{(byte)exception.Error:X2}");
            return [row.Operation, Unknown, Known(row.Peer), Unknown, Known(row.Goal), error];
        }
    }

    private static string Known(ulong figure) => figure == 0 ? Unknown : Sizes.Grouped(figure);

    private static string Judge(ulong goal, ulong figure) => goal == 0 ? ""
        : figure <= goal ? Palette.Good("yes") : Palette.Bad("no");
}
