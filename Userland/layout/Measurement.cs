using System;
using System.Collections.Generic;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Layout;

/// <summary>
/// Measures how many bits of the places of allocations and of a program's parts are chance, and of
/// the distances between any two of them.
/// </summary>
internal static class Measurement
{
    private const int Allocations = 2000;
    private const int Starts = 64;
    private const int LargeBytes = 2 << 20;

    private static readonly string[] _parts = ["program", "stack", "heap", "allocation"];

    /// <summary>Measures and prints a line a kind.</summary>
    /// <param name="verdict">Fails if a child cannot be looked at.</param>
    /// <param name="startChild">Starts a child and tells where its parts lie; null: it failed.
    /// </param>
    internal static void Print(Verdict verdict, Func<ChildLayout?> startChild)
    {
        PrintAllocations("4 KB", Memory.PageBytes);
        PrintAllocations("2 MB", LargeBytes);
        List<Address[]> layouts = [];
        for (int i = 0; i < Starts && verdict.IsGood; i++)
        {
            if (startChild() is { } layout)
                layouts.Add(layout.Parts);
        }
        for (int part = 0; part < _parts.Length; part++)
            PrintPart(layouts, part);
    }

    private static void PrintAllocations(string size, int bytes)
    {
        BitChance places = new();
        List<ulong> all = [];
        for (int i = 0; i < Allocations; i++)
        {
            using Pages pages = Memory.Allocate((nuint)bytes);
            places.Add(pages.Start.Value);
            all.Add(pages.Start.Value);
        }
        BitChance distances = new();
        for (int i = 1; i < all.Count; i++)
            distances.Add(Distance(all[i], all[i - 1], places.Width));
        Tell($"allocation of {size}", places.Count(), distances.Count());
    }

    // Of a part to each of the parts before it, the least of all.
    private static void PrintPart(List<Address[]> layouts, int part)
    {
        BitChance places = new();
        foreach (Address[] parts in layouts)
            places.Add(parts[part].Value);
        int least = places.Count();
        for (int other = 0; other < part; other++)
        {
            BitChance distances = new();
            foreach (Address[] parts in layouts)
                distances.Add(Distance(parts[part].Value, parts[other].Value, places.Width));
            least = Math.Min(least, distances.Count());
        }
        Tell(_parts[part], places.Count(), least);
    }

    // Around the end of the space, so that chance in both gives chance in each bit.
    private static ulong Distance(ulong one, ulong other, int width) =>
        (one - other) & ((1UL << width) - 1);

    private static void Tell(string what, int bits, int ofDistance) =>
        Console.WriteLine($"measured: {what}: {bits} bits of its place are chance, "
            + $"{ofDistance} of its distance to others");
}
