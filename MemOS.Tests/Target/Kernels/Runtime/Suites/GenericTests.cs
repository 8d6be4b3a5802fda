using System;
using System.Collections.Generic;
using System.Numerics;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Generics over values and references, and generic virtual methods.</summary>
internal static class GenericTests
{
    public static TestSuite Suite => new TestSuite("Generics")
        .Add(nameof(A_generic_class_works_over_values_and_references),
            A_generic_class_works_over_values_and_references)
        .Add(nameof(Statics_are_separate_for_each_instantiation),
            Statics_are_separate_for_each_instantiation)
        .Add(nameof(Default_depends_on_the_type), Default_depends_on_the_type)
        .Add(nameof(Constraints_give_constructors_and_members),
            Constraints_give_constructors_and_members)
        .Add(nameof(Generic_virtual_methods_dispatch), Generic_virtual_methods_dispatch)
        .Add(nameof(Generic_interface_methods_dispatch), Generic_interface_methods_dispatch)
        .Add(nameof(Variance_converts_references), Variance_converts_references)
        .Add(nameof(Static_abstract_members_compute), Static_abstract_members_compute)
        .Add(nameof(Nested_generics_keep_their_arguments), Nested_generics_keep_their_arguments)
        .Add(nameof(Type_tests_see_generic_arguments), Type_tests_see_generic_arguments)
        .Add(nameof(Default_comparers_fit_the_type), Default_comparers_fit_the_type);

    private static void A_generic_class_works_over_values_and_references()
    {
        Assert.AreEqual(3, new Box<int>(3).Item);
        Assert.AreEqual("three", new Box<string>("three").Item);
        Assert.AreEqual(3.5, new Box<double>(3.5).Item);
        Box<Box<int>> nested = new(new Box<int>(4));
        Assert.AreEqual(4, nested.Item.Item);
        Assert.AreEqual("Box of 3", new Box<int>(3).ToString());
    }

    private static void Statics_are_separate_for_each_instantiation()
    {
        Tally<int>.Count++;
        Tally<string>.Count += 10;
        Tally<object>.Count += 100;
        Assert.AreEqual(1, Tally<int>.Count);
        Assert.AreEqual(10, Tally<string>.Count);
        Assert.AreEqual(100, Tally<object>.Count);
    }

    private static void Default_depends_on_the_type()
    {
        Assert.AreEqual(0, Default<int>());
        Assert.IsNull(Default<string>());
        Assert.AreEqual(Guid.Empty, Default<Guid>());
        Assert.IsTrue(Default<int?>() is null, "an empty nullable");
    }

    private static void Constraints_give_constructors_and_members()
    {
        Assert.AreEqual(5, Make<Five>().Number);
        Assert.AreEqual("b", Largest("a", "b"));
        Assert.AreEqual(7, Largest(7, -7));
    }

    private static void Generic_virtual_methods_dispatch()
    {
        Formatter[] formatters = [new Formatter(), new Quoting()];
        string all = "";
        foreach (Formatter formatter in formatters)
            all += formatter.Format(1) + formatter.Format("x") + formatter.Format(2.5);
        Assert.AreEqual("1x2.5'1''x''2.5'", all);
    }

    private static void Generic_interface_methods_dispatch()
    {
        IConverter[] converters = [new Same(), new Nothing()];
        Assert.AreEqual(4, converters[Opaque.Value(0)].Convert(4));
        Assert.AreEqual("s", converters[Opaque.Value(0)].Convert("s"));
        Assert.AreEqual(0, converters[Opaque.Value(1)].Convert(4));
        Assert.IsNull(converters[Opaque.Value(1)].Convert("s"));
    }

    private static void Variance_converts_references()
    {
        IEnumerable<object> objects = Opaque.Value<IEnumerable<string>>(["a", "b"]);
        int count = 0;
        foreach (object item in objects) count += item.ToString()!.Length;
        Assert.AreEqual(2, count);

        Action<object> takesAny = o => count += o.GetHashCode() == 0 ? 0 : 10;
        Action<string> takesString = takesAny;
        takesString("text");
        Assert.AreEqual(12, count);
        Assert.IsFalse(Opaque.Value<object>(new List<int>()) is IEnumerable<object>,
            "values do not vary");
    }

    private static void Static_abstract_members_compute()
    {
        Assert.AreEqual(10, Sum([1, 2, 3, 4]));
        Assert.AreEqual(1.5, Sum([0.5, 1.0]));
        Assert.AreEqual(6UL, Sum<ulong>([1, 2, 3]));
    }

    private static void Nested_generics_keep_their_arguments()
    {
        Outer<int>.Inner<string> inner = new(7, "seven");
        Assert.AreEqual("7=seven", inner.Show());
        Dictionary<string, List<KeyValuePair<int, string>>> map = new()
        {
            ["a"] = [new KeyValuePair<int, string>(1, "one")],
        };
        Assert.AreEqual("one", map["a"][0].Value);
    }

    private static void Type_tests_see_generic_arguments()
    {
        object box = Opaque.Value<object>(new Box<string>("x"));
        Assert.IsTrue(box is Box<string>, "its own type");
        Assert.IsFalse(box is Box<object>, "classes do not vary");
        Assert.IsFalse(box is Box<int>, "another argument");
        Assert.IsTrue(IsIt<Box<string>>(box), "through a type parameter");
        Assert.IsFalse(IsIt<Box<int>>(box), "through a type parameter");
    }

    private static void Default_comparers_fit_the_type()
    {
        Assert.IsTrue(EqualityComparer<string>.Default.Equals("ab", "a" + Opaque.Value("b")),
            "by content");
        Assert.IsTrue(Comparer<int>.Default.Compare(3, 4) < 0, "by number");
        Assert.IsTrue(EqualityComparer<(int, string)>.Default.Equals((1, "a"), (1, "a")),
            "item by item");
    }

    private static T? Default<T>() => default;

    private static T Make<T>() where T : new() => new();

    private static T Largest<T>(T left, T right) where T : IComparable<T> =>
        left.CompareTo(right) >= 0 ? left : right;

    private static T Sum<T>(T[] numbers) where T : INumber<T>
    {
        T sum = T.Zero;
        foreach (T number in numbers) sum += number;
        return sum;
    }

    private static bool IsIt<T>(object value) => value is T;

    private sealed class Box<T>(T item)
    {
        public T Item { get; } = item;

        public override string ToString() => $"Box of {Item}";
    }

    private static class Tally<T>
    {
        public static int Count;
    }

    private sealed class Five
    {
        public int Number { get; } = 5;
    }

    private class Formatter
    {
        public virtual string Format<T>(T value) => FormattableString.Invariant($"{value}");
    }

    private sealed class Quoting : Formatter
    {
        public override string Format<T>(T value) => $"'{base.Format(value)}'";
    }

    private interface IConverter
    {
        T? Convert<T>(T value);
    }

    private sealed class Same : IConverter
    {
        public T? Convert<T>(T value) => value;
    }

    private sealed class Nothing : IConverter
    {
        public T? Convert<T>(T value) => default;
    }

    private static class Outer<TKey>
    {
        public sealed class Inner<TValue>(TKey key, TValue value)
        {
            public string Show() => $"{key}={value}";
        }
    }
}
