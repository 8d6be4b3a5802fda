using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>LINQ, iterators, async methods that run on one thread.</summary>
internal static class SequenceTests
{
    private static string _log = "";

    public static TestSuite Suite => new TestSuite("Sequences")
        .Add(nameof(Linq_filters_and_maps), Linq_filters_and_maps)
        .Add(nameof(Linq_orders_stably), Linq_orders_stably)
        .Add(nameof(Linq_groups_and_joins), Linq_groups_and_joins)
        .Add(nameof(Linq_aggregates), Linq_aggregates)
        .Add(nameof(Linq_is_lazy), Linq_is_lazy)
        .Add(nameof(Linq_partitions_and_combines), Linq_partitions_and_combines)
        .Add(nameof(Query_syntax_works), Query_syntax_works)
        .Add(nameof(Iterators_run_as_far_as_asked), Iterators_run_as_far_as_asked)
        .Add(nameof(Iterators_run_finally_when_left_early),
            Iterators_run_finally_when_left_early)
        .Add(nameof(Iterators_recurse), Iterators_recurse)
        .Add(nameof(An_async_method_that_never_waits_is_done_at_once),
            An_async_method_that_never_waits_is_done_at_once)
        .Add(nameof(An_async_method_resumes_when_its_task_completes),
            An_async_method_resumes_when_its_task_completes)
        .Add(nameof(An_async_method_passes_exceptions_on),
            An_async_method_passes_exceptions_on);

    private static void Linq_filters_and_maps()
    {
        int[] squares = [.. Enumerable.Range(1, 10).Where(n => n % 2 == 0).Select(n => n * n)];
        Assert.AreEqual("4,16,36,64,100", string.Join(",", squares));
        Assert.AreEqual("a0,b1", string.Join(",", new[] { "a", "b" }.Select((s, i) => s + i)));
        Assert.AreEqual(6, new[] { "ab", "cdef" }.SelectMany(s => s).Count());
        Assert.AreEqual(2, new object[] { 1, "x", 2 }.OfType<int>().Count());
    }

    private static void Linq_orders_stably()
    {
        string[] words = ["pear", "fig", "apple", "kiwi", "date"];
        string ordered = string.Join(' ', words.OrderBy(w => w.Length).ThenBy(w => w[0]));
        Assert.AreEqual("fig date kiwi pear apple", ordered);
        Assert.AreEqual("pear kiwi date", string.Join(' ',
            words.Where(w => w.Length == 4).OrderByDescending(w => w.Length)));
    }

    private static void Linq_groups_and_joins()
    {
        string[] words = ["ant", "bee", "ape", "bat", "cat"];
        string groups = string.Join(' ', words.GroupBy(w => w[0])
            .Select(g => $"{g.Key}{g.Count()}"));
        Assert.AreEqual("a2 b2 c1", groups);
        var joined = new[] { 1, 2, 3 }.Join(
            new[] { (2, "two"), (3, "three") }, n => n, p => p.Item1, (n, p) => n + p.Item2);
        Assert.AreEqual("2two 3three", string.Join(' ', joined));
        Dictionary<char, int> counts = words.ToLookup(w => w[0])
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.AreEqual(2, counts['b']);
    }

    private static void Linq_aggregates()
    {
        int[] numbers = [3, 1, 4, 1, 5, 9];
        Assert.AreEqual(23, numbers.Sum());
        Assert.AreEqual(9, numbers.Max());
        Assert.AreEqual(1, numbers.Min());
        Assert.AreEqual(2.5, new[] { 2, 3 }.Average());
        Assert.AreEqual(540, numbers.Aggregate(1, (a, b) => a * b));
        Assert.IsTrue(numbers.Any(n => n > 8), "nine");
        Assert.IsFalse(numbers.All(n => n > 1), "not the ones");
        Assert.AreEqual("kiwi", new[] { "fig", "kiwi" }.MaxBy(w => w.Length));
        Assert.Throws<InvalidOperationException>(() => Array.Empty<int>().First());
    }

    private static void Linq_is_lazy()
    {
        int calls = 0;
        IEnumerable<int> query = Enumerable.Range(0, 1000).Select(n =>
        {
            calls++;
            return n;
        });
        Assert.AreEqual(0, calls);
        Assert.AreEqual(4, query.First(n => n == 4));
        Assert.AreEqual(5, calls);
    }

    private static void Linq_partitions_and_combines()
    {
        IEnumerable<int> numbers = Enumerable.Range(0, 10);
        Assert.AreEqual("2,3,4", string.Join(",", numbers.Skip(2).Take(3)));
        Assert.AreEqual("0,1", string.Join(",", numbers.TakeWhile(n => n < 2)));
        Assert.AreEqual(4, numbers.Chunk(3).Count());
        Assert.AreEqual("1a,2b", string.Join(",", new[] { 1, 2 }.Zip("ab", (n, c) => $"{n}{c}")));
        Assert.AreEqual("3,1,2", string.Join(",", new[] { 3, 1, 3, 2 }.Distinct()));
        Assert.IsTrue(numbers.Reverse().First() == 9, "the last comes first");
        Assert.IsTrue(new[] { 1, 2 }.Concat([3]).SequenceEqual([1, 2, 3]), "joined");
    }

    private static void Query_syntax_works()
    {
        IEnumerable<string> query =
            from x in Enumerable.Range(1, 3)
            from y in Enumerable.Range(x, 2)
            let product = x * y
            where product % 2 == 0
            orderby product descending
            select $"{x}*{y}";
        Assert.AreEqual("3*4 2*3 2*2 1*2", string.Join(' ', query));
    }

    private static void Iterators_run_as_far_as_asked()
    {
        List<int> powers = [];
        foreach (int power in Powers())
        {
            if (power > 1000) break;
            powers.Add(power);
        }

        Assert.AreEqual(10, powers.Count);
        Assert.AreEqual(512, powers[^1]);
    }

    private static void Iterators_run_finally_when_left_early()
    {
        _log = "";
        foreach (int number in Guarded())
        {
            _log += number;
            if (number == 2) break;
        }

        Assert.AreEqual("12f", _log);
    }

    private static void Iterators_recurse()
    {
        Tree tree = new(4, new Tree(2, new Tree(1), new Tree(3)), new Tree(5));
        Assert.AreEqual("1 2 3 4 5", string.Join(' ', tree.InOrder()));
    }

    private static void An_async_method_that_never_waits_is_done_at_once()
    {
        Task<int> task = Add(Task.FromResult(2), ValueTask.FromResult(3));
        Assert.IsTrue(task.IsCompletedSuccessfully, "nothing to wait for");
        Assert.AreEqual(5, task.Result);
    }

    private static void An_async_method_resumes_when_its_task_completes()
    {
        TaskCompletionSource<int> source = new();
        Task<int> task = Add(source.Task, ValueTask.FromResult(3));
        Assert.IsFalse(task.IsCompleted, "it waits");
        source.SetResult(4);
        Assert.IsTrue(task.IsCompleted, "it resumed on this thread");
        Assert.AreEqual(7, task.GetAwaiter().GetResult());
    }

    private static void An_async_method_passes_exceptions_on()
    {
        TaskCompletionSource<int> source = new();
        Task<int> task = Add(source.Task, ValueTask.FromResult(3));
        source.SetException(new NotSupportedException("no"));
        Assert.IsTrue(task.IsFaulted, "it failed");
        Exception failure = Assert.Throws<NotSupportedException>(
            () => task.GetAwaiter().GetResult());
        Assert.AreEqual("no", failure.Message);
    }

    private static IEnumerable<int> Powers()
    {
        for (int power = 1; ; power *= 2) yield return power;
    }

    private static IEnumerable<int> Guarded()
    {
        try
        {
            yield return 1;
            yield return 2;
            yield return 3;
        }
        finally
        {
            _log += "f";
        }
    }

    private static async Task<int> Add(Task<int> left, ValueTask<int> right)
    {
        int sum = await left;
        return sum + await right;
    }

    private sealed class Tree(int value, Tree? left = null, Tree? right = null)
    {
        public IEnumerable<int> InOrder()
        {
            foreach (int item in left?.InOrder() ?? []) yield return item;
            yield return value;
            foreach (int item in right?.InOrder() ?? []) yield return item;
        }
    }
}
