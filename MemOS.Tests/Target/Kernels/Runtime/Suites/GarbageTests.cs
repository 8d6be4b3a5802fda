using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>What a collection keeps and what it lets go.</summary>
internal static class GarbageTests
{
    private const int Many = 50;

    // A conservative collector may take a number for a reference, but not often.
    private const int Mistakes = 3;

    private static object? _static;

    [ThreadStatic]
    private static object? _threadStatic;

    public static TestSuite Suite => new TestSuite("Garbage")
        .Add(nameof(Dead_objects_go), Dead_objects_go)
        .Add(nameof(Cycles_go), Cycles_go)
        .Add(nameof(What_statics_refer_to_stays), What_statics_refer_to_stays)
        .Add(nameof(What_only_the_stack_refers_to_stays), What_only_the_stack_refers_to_stays)
        .Add(nameof(A_reference_into_an_object_keeps_it), A_reference_into_an_object_keeps_it)
        .Add(nameof(References_are_found_in_every_kind_of_object),
            References_are_found_in_every_kind_of_object)
        .Add(nameof(A_list_of_100000_nodes_stays), A_list_of_100000_nodes_stays)
        .Add(nameof(An_array_of_100000_references_stays), An_array_of_100000_references_stays)
        .Add(nameof(A_dictionary_survives_while_garbage_is_made),
            A_dictionary_survives_while_garbage_is_made)
        .Add(nameof(Collections_are_counted), Collections_are_counted);

    private static void Dead_objects_go()
    {
        WeakReference[] dead = MakeDead(_ => new object());
        Garbage.Collect();
        AssertGone(dead);
    }

    private static void Cycles_go()
    {
        WeakReference[] dead = MakeDead(_ =>
        {
            Node first = new();
            first.Next = new Node { Next = first };
            return first;
        });
        Garbage.Collect();
        AssertGone(dead);
    }

    private static void What_statics_refer_to_stays()
    {
        _static = new string('s', 10);
        _threadStatic = new List<string> { new('t', 10) };
        Garbage.Make(2000);
        Garbage.Collect();
        Garbage.Make(2000);
        Assert.AreEqual("ssssssssss", (string)_static);
        Assert.AreEqual("tttttttttt", ((List<string>)_threadStatic)[0]);
        _static = null;
        _threadStatic = null;
    }

    private static void What_only_the_stack_refers_to_stays()
    {
        string text = new(Opaque.Value('x'), 20);
        Node node = new() { Number = 7 };
        (string Text, Node Node) pair = (new string(Opaque.Value('y'), 3), new Node());
        Garbage.Make(2000);
        Garbage.Collect();
        Garbage.Make(2000);
        Assert.AreEqual("xxxxxxxxxxxxxxxxxxxx", text);
        Assert.AreEqual(7, node.Number);
        Assert.AreEqual("yyy", pair.Text);
        Assert.AreEqual(0, pair.Node.Number);
    }

    private static void A_reference_into_an_object_keeps_it()
    {
        Span<int> middle = MakeSpan();
        ref int number = ref MakeNumber();
        Garbage.Collect();
        Garbage.Make(5000);
        foreach (int item in middle) Assert.AreEqual(5, item);
        Assert.AreEqual(6, number);
    }

    private static void References_are_found_in_every_kind_of_object()
    {
        Pair[] structures = [new(), new(7, Text(1)), new(8, Text(2))];
        string[,] table = { { Text(3), Text(4) }, { Text(5), Text(6) } };
        object boxed = new Pair(9, Text(7));
        Derived derived = new() { First = Text(8), Own = Text(9) };
        string captured = Text(10);
        Func<string> closure = () => captured + "!";
        Wide wide = new();
        for (int i = 0; i < 8; i++) wide.Texts[i] = Text(20 + i);
        KeyValuePair<string, Pair>[] nested = [new(Text(11), new Pair(1, Text(12)))];
        Garbage.Collect();
        Garbage.Make(5000);
        Assert.AreEqual(Text(2), structures[2].Text);
        Assert.AreEqual(Text(6), table[1, 1]);
        Assert.AreEqual(Text(7), ((Pair)boxed).Text);
        Assert.AreEqual(Text(8) + Text(9), derived.First + derived.Own);
        Assert.AreEqual(Text(10) + "!", closure());
        for (int i = 0; i < 8; i++) Assert.AreEqual(Text(20 + i), wide.Texts[i]);
        Assert.AreEqual(Text(11) + Text(12), nested[0].Key + nested[0].Value.Text);
    }

    private static void A_list_of_100000_nodes_stays()
    {
        Node? first = null;
        for (int i = 0; i < 100_000; i++) first = new Node { Next = first, Number = i };
        Garbage.Collect();
        Garbage.Make(1000);
        int expected = 100_000;
        for (Node? node = first; node != null; node = node.Next)
        {
            if (node.Number != --expected) Assert.Fail($"node {expected} is {node.Number}");
        }

        Assert.AreEqual(0, expected);
    }

    private static void An_array_of_100000_references_stays()
    {
        Node[] nodes = new Node[100_000];
        for (int i = 0; i < nodes.Length; i++) nodes[i] = new Node { Number = i };
        Garbage.Collect();
        Garbage.Make(1000);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Number != i) Assert.Fail($"node {i} is {nodes[i].Number}");
        }
    }

    private static void A_dictionary_survives_while_garbage_is_made()
    {
        Dictionary<string, byte[]> table = [];
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            int key = random.Next(500);
            string name = "key " + key;
            if (table.TryGetValue(name, out byte[]? old) && !Holds(old, (byte)key))
                Assert.Fail($"the bytes of {name} changed");
            byte[] bytes = new byte[random.Next(3000)];
            if (!Holds(bytes, 0)) Assert.Fail("new memory is not zero");
            bytes.AsSpan().Fill((byte)key);
            table[name] = bytes;
        }

        Assert.AreEqual(500, table.Count);
    }

    private static void Collections_are_counted()
    {
        int before = GC.CollectionCount(0);
        GC.Collect();
        Assert.IsTrue(GC.CollectionCount(0) > before, "one more");
        Assert.IsTrue(GC.GetTotalMemory(false) > 0, "something lives");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] MakeDead(Func<int, object> make)
    {
        WeakReference[] references = new WeakReference[Many];
        for (int i = 0; i < Many; i++) references[i] = new WeakReference(make(i));
        return references;
    }

    private static void AssertGone(WeakReference[] references)
    {
        int alive = 0;
        foreach (WeakReference reference in references)
        {
            if (reference.IsAlive) alive++;
        }

        Assert.IsTrue(alive <= Mistakes, $"{alive} of {references.Length} are still there");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<int> MakeSpan()
    {
        int[] numbers = new int[100];
        numbers.AsSpan().Fill(5);
        return numbers.AsSpan(90);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref int MakeNumber()
    {
        Node node = new() { Number = 6 };
        return ref node.Number;
    }

    private static string Text(int number) => "text " + Opaque.Value(number);

    private static bool Holds(byte[] bytes, byte value) =>
        bytes.AsSpan().IndexOfAnyExcept(value) < 0;

    private sealed class Node
    {
        public Node? Next;
        public int Number;
    }

    private class Base
    {
        public string First = "";
    }

    private sealed class Derived : Base
    {
        public long Number = 5;
        public string Own = "";
    }

    private sealed class Wide
    {
        public Eight Texts;
    }

    [InlineArray(8)]
    private struct Eight
    {
        private string _first;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Pair(int number, string text)
    {
        public int Number = number;
        public string Text = text;
        public long Rest;
    }
}
