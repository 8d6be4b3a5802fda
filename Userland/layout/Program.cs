using System;
using System.Collections.Generic;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Layout;

/// <summary>Starts itself five times and compares where the parts of each child lie.</summary>
internal static class Program
{
    private const int Runs = 5;
    private const string ChildArgument = "child";

    private static int Main(string[] args)
    {
        if (args is [ChildArgument])
            return LieStill();
        Console.WriteLine("The same program, started five times; where its parts lie:");
        List<ChildLayout> layouts = [];
        Table table = new("run", "program", "stack", "heap", "allocation");
        for (int run = 1; run <= Runs; run++)
        {
            ChildLayout layout = StartAndLook();
            layouts.Add(layout);
            table.Add([$"{run}", .. Array.ConvertAll(layout.Parts, part => part.ToString())]);
        }
        Console.Write(table);
        Verdict verdict = new("layout");
        Compare(layouts, verdict);
        return verdict.Print();
    }

    /// <summary>The child: has something of everything and waits to be looked at.</summary>
    private static int LieStill()
    {
        using Pages allocation = Memory.Allocate(ChildLayout.AllocationBytes);
        while (true)
            Clock.Sleep(1000);
    }

    private static ChildLayout StartAndLook()
    {
        ProcessId child = Process.Spawn("layout", ChildArgument);
        ChildLayout? layout;
        while (!ChildLayout.TryFind(Process.Maps(child), out layout))
            Clock.Sleep(1);
        Process.Kill(child);
        return layout;
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
