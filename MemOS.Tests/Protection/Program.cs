using System;
using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Machines;
using MemOS.Tests.Target.Booted;

namespace MemOS.Tests.Protection;

/// <summary>
/// Boots MemOS several times on two processors, measures what it protects, and prints the table
/// of docs/protection.md. The exit code is 1 if anything falls short.
/// </summary>
internal static class Program
{
    private const int BootsEach = 4;

    private static int Main()
    {
        int missed = 0;
        foreach (CpuModel cpu in (CpuModel[])[CpuModel.Max, CpuModel.Qemu64])
        {
            Boot[] boots = [.. Enumerable.Range(0, BootsEach)
                .Select(number => Boot.Of(cpu, number, number == 0 ? Depth.All : Depth.Places))];
            Row[] rows =
                [.. new ProtectionTable(boots).Rows(), LongestEntry(LongestEntries.Measure(cpu))];
            Print(cpu, rows);
            missed += rows.Count(row => row.Verdict == Verdict.Missed);
        }
        Console.WriteLine(missed == 0
            ? "Everything holds."
            : $"{missed} of these fall short.");
        return missed == 0 ? 0 : 1;
    }

    private static Row LongestEntry(LongestEntries entries) =>
        Row.AtMost("instructions of the longest entry into the kernel",
            entries.Longest.Instructions, LongestEntries.Limit);

    private static void Print(CpuModel cpu, IReadOnlyList<Row> rows)
    {
        Console.WriteLine($"""
            ### -cpu {Name(cpu)}, {BootsEach} boots

            | what | measured | needed | |
            | --- | ---: | ---: | --- |
            """);
        foreach (Row row in rows)
        {
            string verdict = row.Verdict == Verdict.Held ? "holds" : "**falls short**";
            Console.WriteLine($"| {row.What} | {row.Measured} | {row.Needed} | {verdict} |");
        }
        Console.WriteLine();
    }

    private static string Name(CpuModel cpu) => cpu == CpuModel.Max ? "max" : "qemu64";
}
