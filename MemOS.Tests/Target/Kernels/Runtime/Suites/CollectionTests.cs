using System;
using System.Collections;
using System.Collections.Generic;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Arrays and collections.</summary>
internal static class CollectionTests
{
    public static TestSuite Suite => new TestSuite("Collections")
        .Add(nameof(Arrays_hold_their_elements), Arrays_hold_their_elements)
        .Add(nameof(Arrays_have_many_dimensions), Arrays_have_many_dimensions)
        .Add(nameof(Arrays_are_copied_reversed_and_searched),
            Arrays_are_copied_reversed_and_searched)
        .Add(nameof(Sorting_sorts), Sorting_sorts)
        .Add(nameof(Sorting_takes_a_comparison), Sorting_takes_a_comparison)
        .Add(nameof(List_grows_inserts_and_removes), List_grows_inserts_and_removes)
        .Add(nameof(List_notices_changes_during_foreach), List_notices_changes_during_foreach)
        .Add(nameof(Dictionary_finds_what_was_put_in), Dictionary_finds_what_was_put_in)
        .Add(nameof(Dictionary_takes_any_key), Dictionary_takes_any_key)
        .Add(nameof(HashSet_keeps_one_of_each), HashSet_keeps_one_of_each)
        .Add(nameof(Queue_and_Stack_keep_their_order), Queue_and_Stack_keep_their_order)
        .Add(nameof(Sorted_collections_stay_sorted), Sorted_collections_stay_sorted)
        .Add(nameof(LinkedList_links), LinkedList_links)
        .Add(nameof(PriorityQueue_gives_the_least), PriorityQueue_gives_the_least)
        .Add(nameof(Foreach_walks_everything), Foreach_walks_everything)
        .Add(nameof(Non_generic_interfaces_work), Non_generic_interfaces_work)
        .Add(nameof(BitArray_holds_bits), BitArray_holds_bits)
        .Add(nameof(A_hundred_thousand_entries_fit), A_hundred_thousand_entries_fit);

    private static void Arrays_hold_their_elements()
    {
        int[] numbers = new int[Opaque.Value(100)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = i * i;
        Assert.AreEqual(81, numbers[9]);
        Assert.AreEqual(9801, numbers[^1]);
        Assert.AreEqual(3, numbers[10..13].Length);
        Assert.AreEqual(0, Array.Empty<string>().Length);
    }

    private static void Arrays_have_many_dimensions()
    {
        int[,] grid = new int[3, 4];
        for (int y = 0; y < 3; y++)
        {
            for (int x = 0; x < 4; x++) grid[y, x] = y * 10 + x;
        }

        Assert.AreEqual(23, grid[2, 3]);
        Assert.AreEqual(4, grid.GetLength(1));
        Assert.Throws<IndexOutOfRangeException>(() => _ = grid[Opaque.Value(0), 4]);
        int[][] jagged = [[1], [2, 3], []];
        Assert.AreEqual(3, jagged[1][1]);
    }

    private static void Arrays_are_copied_reversed_and_searched()
    {
        int[] numbers = [1, 3, 5, 7];
        int[] copy = (int[])numbers.Clone();
        Array.Reverse(copy);
        Assert.AreEqual(7, copy[0]);
        Assert.AreEqual(1, numbers[0]);
        Assert.AreEqual(2, Array.IndexOf(numbers, 5));
        Assert.AreEqual(3, Array.BinarySearch(numbers, 7));
        Array.Copy(numbers, 0, numbers, 1, 3);
        Assert.AreEqual("1,1,3,5", string.Join(",", numbers));
        Array.Resize(ref copy, 6);
        Assert.AreEqual(6, copy.Length);
        Array.Fill(copy, 9);
        Assert.IsTrue(Array.TrueForAll(copy, n => n == 9), "filled");
    }

    private static void Sorting_sorts()
    {
        int[] numbers = Shuffled(1000);
        Array.Sort(numbers);
        for (int i = 0; i < numbers.Length; i++) Assert.AreEqual(i, numbers[i]);
        string[] words = ["pear", "apple", "fig"];
        Array.Sort(words, StringComparer.Ordinal);
        Assert.AreEqual("apple fig pear", string.Join(' ', words));
    }

    private static void Sorting_takes_a_comparison()
    {
        List<string> words = ["aaa", "b", "cc"];
        words.Sort((left, right) => left.Length.CompareTo(right.Length));
        Assert.AreEqual("b cc aaa", string.Join(' ', words));
        int[] keys = [3, 1, 2];
        string[] values = ["three", "one", "two"];
        Array.Sort(keys, values);
        Assert.AreEqual("one two three", string.Join(' ', values));
    }

    private static void List_grows_inserts_and_removes()
    {
        List<int> list = [];
        for (int i = 0; i < 1000; i++) list.Add(i);
        list.Insert(0, -1);
        list.RemoveAt(list.Count - 1);
        Assert.IsTrue(list.Remove(500), "it was there");
        Assert.IsFalse(list.Contains(500), "it is gone");
        Assert.AreEqual(999, list.Count);
        Assert.AreEqual(499, list.RemoveAll(n => n % 2 == 0));
        Assert.AreEqual(-1, list[0]);
        Assert.AreEqual(3, list.FindIndex(n => n > 4));
        list.Clear();
        Assert.AreEqual(0, list.Count);
    }

    private static void List_notices_changes_during_foreach()
    {
        List<int> list = [1, 2, 3];
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (int item in list) list.Add(item);
        });
    }

    private static void Dictionary_finds_what_was_put_in()
    {
        Dictionary<string, int> map = [];
        for (int i = 0; i < 1000; i++) map.Add("key" + i, i);
        map["key7"] = 70;
        Assert.AreEqual(70, map["key7"]);
        Assert.AreEqual(1000, map.Count);
        Assert.IsTrue(map.Remove("key8"), "it was there");
        Assert.IsFalse(map.TryGetValue("key8", out _), "it is gone");
        Assert.Throws<KeyNotFoundException>(() => _ = map["key8"]);
        Assert.Throws<ArgumentException>(() => map.Add("key7", 0));
        long sum = 0;
        foreach ((string _, int value) in map) sum += value;
        Assert.AreEqual(499500L + 63 - 8, sum);
    }

    private static void Dictionary_takes_any_key()
    {
        Dictionary<(int, string), string> tuples = new() { [(1, "a")] = "x" };
        Assert.AreEqual("x", tuples[(1, "a")]);
        Dictionary<DayOfWeek, int> days = new() { [DayOfWeek.Friday] = 5 };
        Assert.AreEqual(5, days[DayOfWeek.Friday]);
        object key = new();
        Dictionary<object, int> objects = new() { [key] = 1 };
        Assert.IsTrue(objects.ContainsKey(key), "by identity");
        Assert.IsFalse(objects.ContainsKey(new object()), "by identity");
        Dictionary<string, int> loose = new(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 };
        Assert.AreEqual(1, loose["a"]);
    }

    private static void HashSet_keeps_one_of_each()
    {
        HashSet<int> set = [1, 2, 3, 2, 1];
        Assert.AreEqual(3, set.Count);
        Assert.IsFalse(set.Add(3), "already there");
        set.IntersectWith([2, 3, 4]);
        set.UnionWith([10]);
        Assert.AreEqual(3, set.Count);
        Assert.IsTrue(set.SetEquals([10, 3, 2]), "same members");
    }

    private static void Queue_and_Stack_keep_their_order()
    {
        Queue<string> queue = new();
        Stack<string> stack = new();
        foreach (string word in new[] { "a", "b", "c" })
        {
            queue.Enqueue(word);
            stack.Push(word);
        }

        Assert.AreEqual("a", queue.Dequeue());
        Assert.AreEqual("c", stack.Pop());
        Assert.AreEqual("b", queue.Peek());
        Assert.AreEqual("b a", string.Join(' ', stack));
        Assert.Throws<InvalidOperationException>(() => new Queue<int>().Dequeue());
    }

    private static void Sorted_collections_stay_sorted()
    {
        SortedDictionary<int, string> map = [];
        SortedSet<int> set = [];
        foreach (int number in Shuffled(50))
        {
            map[number] = "n";
            set.Add(number);
        }

        int expected = 0;
        foreach (int key in map.Keys) Assert.AreEqual(expected++, key);
        Assert.AreEqual(0, set.Min);
        Assert.AreEqual(49, set.Max);
        Assert.AreEqual(11, set.GetViewBetween(10, 20).Count);
    }

    private static void LinkedList_links()
    {
        LinkedList<int> list = new([1, 3]);
        list.AddAfter(list.First!, 2);
        list.AddLast(4);
        list.Remove(3);
        Assert.AreEqual("1,2,4", string.Join(",", list));
    }

    private static void PriorityQueue_gives_the_least()
    {
        PriorityQueue<string, int> queue = new();
        queue.Enqueue("late", 9);
        queue.Enqueue("early", 1);
        queue.Enqueue("middle", 5);
        Assert.AreEqual("early", queue.Dequeue());
        Assert.AreEqual("middle", queue.Dequeue());
    }

    private static void Foreach_walks_everything()
    {
        int sum = 0;
        foreach (int n in new[] { 1, 2 }) sum += n;
        foreach (int n in new List<int> { 3, 4 }) sum += n;
        foreach (int n in new Dictionary<int, int> { [5] = 6 }.Values) sum += n;
        foreach (int n in new HashSet<int> { 7 }) sum += n;
        foreach (int n in (ReadOnlySpan<int>)[8, 9]) sum += n;
        foreach (int n in Opaque.Value<IEnumerable<int>>(new[] { 10 })) sum += n;
        foreach (char c in "AB") sum += c;
        foreach (int n in new[,] { { 1, 2 }, { 3, 4 } }) sum += n;
        foreach (int n in new Countdown(3)) sum += n;
        Assert.AreEqual(1 + 2 + 3 + 4 + 6 + 7 + 8 + 9 + 10 + 65 + 66 + 10 + 6, sum);
    }

    private static void Non_generic_interfaces_work()
    {
        IList list = Opaque.Value<IList>(new List<int> { 1, 2 });
        list.Add(3);
        Assert.AreEqual(3, list.Count);
        Assert.AreEqual(2, (int)list[1]!);
        IDictionary map = Opaque.Value<IDictionary>(new Dictionary<string, int>());
        map["a"] = 1;
        Assert.IsTrue(map.Contains("a"), "it was put in");
        ICollection<int> array = Opaque.Value<ICollection<int>>(new[] { 4, 5 });
        Assert.IsTrue(array.Contains(5), "arrays are collections");
    }

    private static void BitArray_holds_bits()
    {
        BitArray bits = new(70);
        bits[69] = true;
        Assert.IsTrue(bits[69], "set");
        Assert.IsFalse(bits[68], "clear");
        bits.Not();
        Assert.IsFalse(bits.Get(69), "inverted");
    }

    private static void A_hundred_thousand_entries_fit()
    {
        Dictionary<int, string> map = [];
        for (int i = 0; i < 100_000; i++) map[i] = "x";
        for (int i = 0; i < 100_000; i += 2) map.Remove(i);
        Assert.AreEqual(50_000, map.Count);
        Assert.IsTrue(map.ContainsKey(99_999), "odd keys stay");
    }

    // A fixed permutation of 0 .. count - 1.
    private static int[] Shuffled(int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) numbers[i] = i;
        uint state = 12345;
        for (int i = count - 1; i > 0; i--)
        {
            state = state * 1664525 + 1013904223;
            int j = (int)(state % (uint)(i + 1));
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }

        return numbers;
    }

    private readonly struct Countdown(int from)
    {
        public Enumerator GetEnumerator() => new(from);

        public struct Enumerator(int from)
        {
            private int _next = from + 1;

            public readonly int Current => _next;

            public bool MoveNext() => --_next > 0;
        }
    }
}
