using System;
using System.Diagnostics.CodeAnalysis;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Layout;

/// <summary>Where the parts of a child begin: program, stack, heap, an allocation.</summary>
internal sealed class ChildLayout
{
    /// <summary>
    /// Size of the child's allocation, by which it is told from its heap: no piece of a heap is
    /// seven pages.
    /// </summary>
    internal const int AllocationBytes = 7 * Memory.PageBytes;

    private ChildLayout(Address[] parts) => Parts = parts;

    /// <summary>The parts' addresses, in the order of the table.</summary>
    internal Address[] Parts { get; }

    /// <summary>Finds the parts among a process's regions.</summary>
    /// <returns>Whether all are there; a process that has just begun lacks some.</returns>
    internal static bool TryFind(Region[] regions, [NotNullWhen(true)] out ChildLayout? layout)
    {
        Region[] parts = new Region[4];
        int[] alike = new int[parts.Length];
        foreach (Region region in regions)
        {
            int part = region.Kind switch
            {
                RegionKind.Code => 0,
                RegionKind.Stack => 1,
                RegionKind.Allocation => region.Bytes == AllocationBytes ? 3 : 2,
                _ => -1,
            };
            if (part < 0 || region.Bytes < parts[part].Bytes)
                continue;
            // A heap has many pieces: any of the largest stands for it. The first one by address
            // would lie low, however the pieces are placed.
            alike[part] = region.Bytes == parts[part].Bytes ? alike[part] + 1 : 1;
            if (Random.Shared.Next(alike[part]) == 0)
                parts[part] = region;
        }
        bool isComplete = Array.TrueForAll(parts, part => part.Bytes > 0);
        layout = isComplete
            ? new ChildLayout(Array.ConvertAll(parts, part => part.Start))
            : null;
        return isComplete;
    }
}
