using System;
using System.Collections.Generic;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Layout;

/// <summary>
/// Starts itself five times and compares where the parts of each child lie; with the word
/// <c>measure</c>, counts how many bits of each place are chance.
/// </summary>
internal static class Program
{
    private const int Runs = 5;
    private const string ChildArgument = "child";
    private const string MeasureArgument = "measure";

    private static int Main(string[] args)
    {
        if (args is [ChildArgument])
            return LieStill();
        if (args is [MeasureArgument])
            return Measure();
        Console.WriteLine("The same program, started five times; its parts' addresses in hex:");
        Verdict verdict = new("layout");
        List<ChildLayout> layouts = [];
        Table table = new("run", "program", "stack", "heap", "allocation");
        for (int run = 1; run <= Runs; run++)
        {
            ChildLayout? layout = StartAndLook(verdict);
            if (layout is null)
                break;
            layouts.Add(layout);
            table.Add([$"{run}", .. Array.ConvertAll(layout.Parts, part => part.Digits)]);
        }
        Console.Write(table);
        Compare(layouts, verdict);
        return verdict.Print();
    }

    private static int Measure()
    {
        Verdict verdict = new("layout");
        Measurement.Print(verdict, () => StartAndLook(verdict));
        return verdict.Print();
    }

    /// <summary>The child: has something of everything and waits to be looked at.</summary>
    private static int LieStill()
    {
        using Pages allocation = Memory.Allocate(ChildLayout.AllocationBytes);
        while (true)
            Clock.Sleep(1000);
    }

    /// <returns>The child's layout; null when it ended by itself, which it must not.</returns>
    private static ChildLayout? StartAndLook(Verdict verdict)
    {
        ProcessId child = Process.Spawn("layout", ChildArgument);
        ProcessEnd end;
        while (!Process.TryWait(child, 1, out end))
        {
            if (!ChildLayout.TryFind(Process.Maps(child), out ChildLayout? layout))
                continue;
            Process.Kill(child);
            return layout;
        }
        verdict.Fail($"a child did not lie still: {end}");
        return null;
    }

    private static void Compare(List<ChildLayout> layouts, Verdict verdict)
    {
        HashSet<Address> addresses = [];
        HashSet<(int, int, ulong)> distances = [];
        foreach (Address[] parts in layouts.ConvertAll(layout => layout.Parts))
        {
            for (int i = 0; i < parts.Length; i++)
            {
                if (!addresses.Add(parts[i]))
                    verdict.Fail($"{parts[i]} was used twice");
                for (int other = 0; other < i; other++)
                {
                    if (!distances.Add((i, other, parts[i].Value - parts[other].Value)))
                        verdict.Fail("two parts kept their distance");
                }
            }
        }
        Console.WriteLine($"{addresses.Count} different addresses, "
            + $"{distances.Count} different distances between parts.");
    }
}
