using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>When memory runs out: an exception that can be caught, and then on as before.</summary>
internal static class OutOfMemoryTests
{
    private const int Megabyte = 1 << 20;

    public static TestSuite Suite => new TestSuite("OutOfMemory")
        .Add(nameof(An_array_larger_than_memory_throws), An_array_larger_than_memory_throws)
        .Add(nameof(Large_arrays_fill_memory_and_give_it_back),
            Large_arrays_fill_memory_and_give_it_back)
        .Add(nameof(Small_objects_fill_memory_and_give_it_back),
            Small_objects_fill_memory_and_give_it_back)
        .Add(nameof(Finalizers_run_before_memory_is_out), Finalizers_run_before_memory_is_out);

    private static void An_array_larger_than_memory_throws()
    {
        Assert.Throws<OutOfMemoryException>(
            () => Opaque.Value(new long[Opaque.Value(int.MaxValue / 2)]));
        Assert.Throws<OutOfMemoryException>(
            () => Opaque.Value(new byte[Opaque.Value(int.MaxValue)]));
        Assert.AreEqual(Megabyte, Opaque.Value(new byte[Megabyte]).Length);
    }

    private static void Large_arrays_fill_memory_and_give_it_back()
    {
        int first = 0;
        int second = 0;
        Garbage.RunFarBelow(() => first = FillMemory(new List<byte[]>(4096)));
        Garbage.Collect();
        Garbage.RunFarBelow(() => second = FillMemory(new List<byte[]>(4096)));
        Garbage.Collect();
        Assert.IsTrue(first > 8, $"{first} MB were there");
        Assert.IsTrue(second >= first - 1, $"{first} MB, then {second} MB");
    }

    private static void Small_objects_fill_memory_and_give_it_back()
    {
        List<byte[]> ballast = new(4096);
        FillMemory(ballast);
        // Room for the small objects, so that the test does not take long.
        int room = Math.Min(12, ballast.Count);
        ballast.RemoveRange(0, room);
        Garbage.Collect();
        int first = 0;
        int second = 0;
        Garbage.RunFarBelow(() => first = FillWithNodes());
        Garbage.Collect();
        Garbage.RunFarBelow(() => second = FillWithNodes());
        Garbage.Collect();
        Assert.IsTrue(first > 100_000, $"{first} objects");
        Assert.IsTrue(second > first - 10_000, $"{first} objects, then {second}");
        GC.KeepAlive(ballast);
    }

    private static void Finalizers_run_before_memory_is_out()
    {
        List<byte[]> ballast = new(4096);
        FillMemory(ballast);
        ballast.RemoveRange(0, Math.Min(12, ballast.Count));
        Garbage.Collect();
        Holder.Finalized = 0;
        // Each finaliser lets go of a megabyte that a static list holds until then.
        for (int i = 0; i < 100; i++) Opaque.Value(new Holder());
        Assert.IsTrue(Holder.Finalized > 50, $"{Holder.Finalized} ran");
        Holder.Held.Clear();
        GC.KeepAlive(ballast);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillMemory(List<byte[]> arrays)
    {
        try
        {
            while (true) arrays.Add(new byte[Megabyte]);
        }
        catch (OutOfMemoryException)
        {
            return arrays.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillWithNodes()
    {
        int count = 0;
        Node? first = null;
        try
        {
            while (true)
            {
                first = new Node(first);
                count++;
            }
        }
        catch (OutOfMemoryException)
        {
            GC.KeepAlive(first);
            return count;
        }
    }

    private sealed class Node(Node? next)
    {
        public Node? Next { get; } = next;
    }

    private sealed class Holder
    {
        internal static readonly Dictionary<int, byte[]> Held = [];

        internal static int Finalized;

        private static int _next;

        private readonly int _key = _next++;

        public Holder() => Held.Add(_key, new byte[Megabyte]);

        ~Holder()
        {
            Held.Remove(_key);
            Finalized++;
        }
    }
}
