using System;
using MemOS.Userland;
using MemOS.Userland.Text;

namespace MemOS.Bench;

/// <summary>Measures what MemOS can do so far, beside its peers.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // What the bench starts to measure how long starting takes.
        if (args is ["exit"])
            return 0;
        Counter counter = new();
        Console.WriteLine(counter.CountsInstructions
            ? "Figures are guest instructions."
            : "This machine counts time, not instructions: figures vary. See \"make bench\".");
        Print(counter, "Linux 6.1", MemoryRows.All);
        Print(counter, "gen3, ns", HeapRows.All);
        Console.WriteLine("bench: done");
        return 0;
    }

    private static void Print(Counter counter, string peer, Row[] rows)
    {
        Table table = new Table("operation", "MemOS", peer, "ratio", "goal", "reached")
            .AlignRight(1).AlignRight(2).AlignRight(3).AlignRight(4);
        foreach (Row row in rows)
        {
            ulong figure = row.Measure(counter);
            string reached = row.Goal == 0 ? "" : figure <= row.Goal ? "yes" : "NO";
            table.Add(row.Operation, Sizes.Grouped(figure), Known(row.Peer),
                Ratio(row.Peer, figure), Known(row.Goal), reached);
        }
        Console.WriteLine();
        Console.Write(table);
    }

    private static string Known(ulong figure) => figure == 0 ? "-" : Sizes.Grouped(figure);

    /// <summary>How many times the peer's figure is of ours, to a tenth.</summary>
    private static string Ratio(ulong peer, ulong figure)
    {
        if (peer == 0 || figure == 0)
            return "-";
        ulong tenths = peer * 10 / figure;
        return $"{tenths / 10}.{tenths % 10}x";
    }
}
