using System;

namespace MemOS.Bench;

/// <summary>
/// The heap of a program, beside that of Cosmos gen3, whose figures are nanoseconds.
/// </summary>
/// <remarks>
/// The gen3 figures were measured under emulation too, at about an instruction a nanosecond.
/// </remarks>
internal static class HeapRows
{
    private const int LiveNodes = 50_000;

    internal static readonly Row[] All =
    [
        new("new object", 1_000, 0,
            counter => counter.Measure(10_000, static () => Keep(new object()))),
        new("new node of 16 bytes", 0, 0,
            counter => counter.Measure(10_000, static () => Keep(new Node(null, 1)))),
        new("new byte[256]", 0, 0,
            counter => counter.Measure(10_000, static () => Keep(new byte[256]))),
        new("new byte[100000]", 0, 0,
            counter => counter.Measure(200, static () => Keep(new byte[100_000]))),
        new("collection, garbage only", 148_000_000, 0, CollectGarbage),
        new("collection, 50,000 live nodes", 0, 0, CollectLive),
    ];

    // What is kept has left the method, so that the compiler can't put it on the stack.
    private static object? _kept;

    private sealed class Node(Node? next, long number)
    {
        internal Node? Next { get; } = next;

        internal long Number { get; } = number;
    }

    private static void Keep(object? kept) => _kept = kept;

    private static ulong CollectGarbage(Counter counter)
    {
        GC.Collect();
        for (int i = 0; i < LiveNodes; i++)
            Keep(new Node(null, i));
        Keep(null);
        return counter.MeasureOnce(GC.Collect);
    }

    private static ulong CollectLive(Counter counter)
    {
        Node? list = null;
        for (int i = 0; i < LiveNodes; i++)
            list = new Node(list, i);
        Keep(list);
        GC.Collect();
        ulong instructions = counter.MeasureOnce(GC.Collect);
        Keep(null);
        return instructions;
    }
}
