using System;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Records, tuples, enums, patterns, ref structs.</summary>
internal static class ValueTypeTests
{
    public static TestSuite Suite => new TestSuite("Values")
        .Add(nameof(Records_compare_by_value), Records_compare_by_value)
        .Add(nameof(Records_print_their_members), Records_print_their_members)
        .Add(nameof(A_with_expression_changes_a_copy), A_with_expression_changes_a_copy)
        .Add(nameof(Record_structs_compare_by_value), Record_structs_compare_by_value)
        .Add(nameof(Tuples_compare_and_come_apart), Tuples_compare_and_come_apart)
        .Add(nameof(Enums_have_names), Enums_have_names)
        .Add(nameof(Enums_are_parsed), Enums_are_parsed)
        .Add(nameof(Flags_are_listed), Flags_are_listed)
        .Add(nameof(Patterns_match_types_and_shapes), Patterns_match_types_and_shapes)
        .Add(nameof(List_patterns_match), List_patterns_match)
        .Add(nameof(Strings_are_switched_on), Strings_are_switched_on)
        .Add(nameof(Ref_structs_live_on_the_stack), Ref_structs_live_on_the_stack)
        .Add(nameof(Large_structs_pass_by_value_and_by_reference),
            Large_structs_pass_by_value_and_by_reference);

    private static void Records_compare_by_value()
    {
        Person first = Opaque.Value(new Person("Ada", 36));
        Person second = Opaque.Value(new Person("Ada", 36));
        Assert.IsTrue(first == second, "same members");
        Assert.IsTrue(first != second with { Age = 37 }, "another age");
        Assert.AreEqual(first.GetHashCode(), second.GetHashCode());
        Assert.IsFalse(first.Equals(new Employee("Ada", 36, "Countess")), "another type");
    }

    private static void Records_print_their_members()
    {
        Assert.AreEqual("Person { Name = Ada, Age = 36 }", new Person("Ada", 36).ToString());
        Assert.AreEqual("Employee { Name = Ada, Age = 36, Title = Countess }",
            new Employee("Ada", 36, "Countess").ToString());
    }

    private static void A_with_expression_changes_a_copy()
    {
        Person ada = new("Ada", 36);
        Person older = ada with { Age = 37 };
        Assert.AreEqual(36, ada.Age);
        Assert.AreEqual(37, older.Age);
        (string name, int age) = older;
        Assert.AreEqual("Ada", name);
        Assert.AreEqual(37, age);
    }

    private static void Record_structs_compare_by_value()
    {
        Pair first = Opaque.Value(new Pair(1, "one"));
        Assert.IsTrue(first == new Pair(1, "one"), "same members");
        Assert.IsFalse(first == new Pair(2, "one"), "another number");
        Assert.AreEqual("Pair { Number = 1, Text = one }", first.ToString());
    }

    private static void Tuples_compare_and_come_apart()
    {
        (int Count, string Text) tuple = Opaque.Value((3, "three"));
        Assert.IsTrue(tuple == (3, "three"), "same items");
        Assert.AreEqual("(3, three)", tuple.ToString());
        (int count, string text) = tuple;
        Assert.AreEqual(3, count);
        Assert.AreEqual("three", text);
        Assert.IsTrue((1, 2).CompareTo((1, 3)) < 0, "item by item");
    }

    private static void Enums_have_names()
    {
        Assert.AreEqual("Green", Opaque.Value(Colour.Green).ToString());
        Assert.AreEqual("77", Opaque.Value((Colour)77).ToString());
        Assert.AreEqual("00000001", Opaque.Value(Colour.Green).ToString("X"));
        Assert.AreEqual("Blue", $"{Opaque.Value(Colour.Blue)}");
        Assert.AreEqual(3, Enum.GetValues<Colour>().Length);
        Assert.AreEqual("Red,Green,Blue", string.Join(",", Enum.GetNames<Colour>()));
        Assert.IsTrue(Enum.IsDefined(Colour.Red), "defined");
        Assert.IsFalse(Enum.IsDefined((Colour)9), "not defined");
    }

    private static void Enums_are_parsed()
    {
        Assert.AreEqual(Colour.Blue, Enum.Parse<Colour>("Blue"));
        Assert.AreEqual(Colour.Blue, Enum.Parse<Colour>("blue", ignoreCase: true));
        Assert.IsFalse(Enum.TryParse("Pink", out Colour _), "no such colour");
        Assert.Throws<ArgumentException>(() => Enum.Parse<Colour>("Pink"));
    }

    private static void Flags_are_listed()
    {
        Rights rights = Opaque.Value(Rights.Read | Rights.Execute);
        Assert.AreEqual("Read, Execute", rights.ToString());
        Assert.IsTrue(rights.HasFlag(Rights.Execute), "has it");
        Assert.IsFalse(rights.HasFlag(Rights.Write), "has it not");
        Assert.AreEqual(Rights.Read | Rights.Write, Enum.Parse<Rights>("Read, Write"));
    }

    private static void Patterns_match_types_and_shapes()
    {
        Assert.AreEqual("null", Describe(null));
        Assert.AreEqual("small 3", Describe(3));
        Assert.AreEqual("number", Describe(3000));
        Assert.AreEqual("empty", Describe(""));
        Assert.AreEqual("text of 4", Describe("four"));
        Assert.AreEqual("adult Ada", Describe(new Person("Ada", 36)));
        Assert.AreEqual("child", Describe(new Person("Tim", 6)));
        Assert.AreEqual("something", Describe(1.5));
    }

    private static void List_patterns_match()
    {
        Assert.AreEqual("none", Shape([]));
        Assert.AreEqual("one 5", Shape([5]));
        Assert.AreEqual("1..4 with 2 between", Shape([1, 2, 3, 4]));
    }

    private static void Strings_are_switched_on()
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven"];
        int sum = 0;
        foreach (string word in words) sum += Number(word);
        Assert.AreEqual(28, sum);
        Assert.AreEqual(-1, Number("many"));
    }

    private static void Ref_structs_live_on_the_stack()
    {
        Span<int> buffer = stackalloc int[4];
        Accumulator accumulator = new(buffer);
        for (int i = 0; i < 4; i++) accumulator.Add(i * i);
        Assert.AreEqual(14, accumulator.Sum);
        Assert.AreEqual(9, buffer[3]);
    }

    private static void Large_structs_pass_by_value_and_by_reference()
    {
        Large large = default;
        large.Fields[7] = 8;
        Assert.AreEqual(9L, Bump(large));
        Assert.AreEqual(8L, large.Fields[7]);
        Assert.AreEqual(8L, Last(in large));
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        int n and >= 0 and < 10 => $"small {n}",
        int => "number",
        "" => "empty",
        string { Length: var length } => $"text of {length}",
        Person { Age: >= 18, Name: var name } => $"adult {name}",
        Person => "child",
        _ => "something",
    };

    private static string Shape(int[] numbers) => numbers switch
    {
        [] => "none",
        [int only] => $"one {only}",
        [int first, .. int[] middle, int last] =>
            $"{first}..{last} with {middle.Length} between",
    };

    private static int Number(string word) => word switch
    {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        _ => -1,
    };

    private static long Bump(Large large) => ++large.Fields[7];

    private static long Last(in Large large) => large.Fields[7];

    private enum Colour
    {
        Red,
        Green,
        Blue,
    }

    [Flags]
    private enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
        Execute = 4,
    }

    private record Person(string Name, int Age);

    private sealed record Employee(string Name, int Age, string Title) : Person(Name, Age);

    private readonly record struct Pair(int Number, string Text);

    private struct Large
    {
        public EightLongs Fields;
    }

    [InlineArray(8)]
    private struct EightLongs
    {
        private long _first;
    }

    private ref struct Accumulator(Span<int> items)
    {
        private readonly Span<int> _items = items;
        private int _count;

        public readonly int Sum
        {
            get
            {
                int sum = 0;
                foreach (int item in _items[.._count]) sum += item;
                return sum;
            }
        }

        public void Add(int item) => _items[_count++] = item;
    }
}
