using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Exceptions that the processor or the compiler's checks raise.</summary>
internal static class FaultTests
{
    public static TestSuite Suite => new TestSuite("Faults")
        .Add(nameof(A_null_reference_throws), A_null_reference_throws)
        .Add(nameof(A_null_reference_far_into_an_object_throws),
            A_null_reference_far_into_an_object_throws)
        .Add(nameof(A_null_reference_throws_wherever_it_is_used),
            A_null_reference_throws_wherever_it_is_used)
        .Add(nameof(A_null_exception_throws_a_null_reference),
            A_null_exception_throws_a_null_reference)
        .Add(nameof(The_operands_of_a_division_may_be_anywhere),
            The_operands_of_a_division_may_be_anywhere)
        .Add(nameof(A_division_by_zero_throws), A_division_by_zero_throws)
        .Add(nameof(A_quotient_that_does_not_fit_throws), A_quotient_that_does_not_fit_throws)
        .Add(nameof(An_index_out_of_range_throws), An_index_out_of_range_throws)
        .Add(nameof(An_invalid_cast_throws), An_invalid_cast_throws)
        .Add(nameof(A_checked_overflow_throws), A_checked_overflow_throws);

    private static void A_null_reference_throws()
    {
        Node? none = Opaque.Value<Node?>(null);
        int[]? noArray = Opaque.Value<int[]?>(null);
        Assert.Throws<NullReferenceException>(() => none!.Next = none);
        Assert.Throws<NullReferenceException>(() => _ = none!.Value);
        Assert.Throws<NullReferenceException>(() => _ = noArray![0]);
        Assert.Throws<NullReferenceException>(() => _ = noArray!.Length);
        Assert.Throws<NullReferenceException>(() => Opaque.Value<string?>(null)!.ToString());
    }

    private static void A_null_reference_far_into_an_object_throws() =>
        Assert.Throws<NullReferenceException>(
            () => _ = Opaque.Value<Wide?>(null)!.Last);

    private static void A_null_reference_throws_wherever_it_is_used()
    {
        Wide? wide = Opaque.Value<Wide?>(null);
        string[]? words = Opaque.Value<string[]?>(null);
        Action? action = Opaque.Value<Action?>(null);
        IList<int>? list = Opaque.Value<IList<int>?>(null);
        object? boxed = Opaque.Value<object?>(null);
        Longs longs = default;
        Assert.Throws<NullReferenceException>(() => longs = wide!.First);
        Assert.Throws<NullReferenceException>(() => wide!.First = longs);
        Assert.Throws<NullReferenceException>(() => words![0] = "");
        Assert.Throws<NullReferenceException>(() => words![0] = words[1]);
        Assert.Throws<NullReferenceException>(() => action!());
        Assert.Throws<NullReferenceException>(() => list!.Add(1));
        Assert.Throws<NullReferenceException>(() => _ = list!.Count);
        Assert.Throws<NullReferenceException>(() => _ = (int)boxed!);
        Assert.Throws<NullReferenceException>(() => boxed!.GetHashCode());
        Assert.Throws<NullReferenceException>(() => boxed!.GetType());
        Assert.Throws<NullReferenceException>(() =>
        {
            foreach (string word in words!) _ = word;
        });
        Assert.Throws<ArgumentNullException>(() =>
        {
            lock (boxed!) longs = default;
        });
    }

    private static void A_null_exception_throws_a_null_reference() =>
        Assert.Throws<NullReferenceException>(() => throw Opaque.Value<Exception?>(null)!);

    private static void The_operands_of_a_division_may_be_anywhere()
    {
        long[] numbers = [Opaque.Value(0L), Opaque.Value(-1L), Opaque.Value(long.MinValue)];
        int at = Opaque.Value(0);
        Node node = Opaque.Value(new Node());
        Assert.Throws<DivideByZeroException>(() => _ = 5 / numbers[at]);
        Assert.Throws<DivideByZeroException>(() => _ = 5 % node.Value);
        Assert.Throws<OverflowException>(() => _ = numbers[at + 2] / numbers[at + 1]);
        Assert.Throws<DivideByZeroException>(() => _ = Opaque.Value((byte)5) / (byte)at);
        Assert.Throws<DivideByZeroException>(() => _ = Opaque.Value((short)5) % (short)at);
        Assert.Throws<DivideByZeroException>(() => _ = Opaque.Value(5u) / (uint)at);
    }

    private static void A_division_by_zero_throws()
    {
        int zero = Opaque.Value(0);
        ulong longZero = Opaque.Value(0UL);
        Assert.Throws<DivideByZeroException>(() => _ = 1 / zero);
        Assert.Throws<DivideByZeroException>(() => _ = 1 % zero);
        Assert.Throws<DivideByZeroException>(() => _ = 1UL / longZero);
        Assert.IsTrue(double.IsPositiveInfinity(1.0 / zero), "floating point has infinity");
    }

    private static void A_quotient_that_does_not_fit_throws()
    {
        int minusOne = Opaque.Value(-1);
        Assert.Throws<OverflowException>(() => _ = Opaque.Value(int.MinValue) / minusOne);
        Assert.Throws<OverflowException>(() => _ = Opaque.Value(long.MinValue) / minusOne);
    }

    private static void An_index_out_of_range_throws()
    {
        int[] numbers = [1, 2, 3];
        Assert.Throws<IndexOutOfRangeException>(() => _ = numbers[Opaque.Value(3)]);
        Assert.Throws<IndexOutOfRangeException>(() => numbers[Opaque.Value(-1)] = 0);
        Assert.Throws<IndexOutOfRangeException>(() => _ = "abc"[Opaque.Value(3)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new List<int>()[0]);
        Assert.Throws<OverflowException>(() => _ = new int[Opaque.Value(-1)]);
    }

    private static void An_invalid_cast_throws()
    {
        object text = Opaque.Value<object>("text");
        Assert.Throws<InvalidCastException>(() => _ = (Node)text);
        Assert.Throws<InvalidCastException>(() => _ = (int)text);
        Assert.Throws<InvalidCastException>(() => _ = (IDisposable)text);
    }

    private static void A_checked_overflow_throws()
    {
        int most = Opaque.Value(int.MaxValue);
        Assert.Throws<OverflowException>(() => _ = checked(most + 1));
        Assert.Throws<OverflowException>(() => _ = checked(most * 2));
        Assert.Throws<OverflowException>(() => _ = checked((byte)most));
        Assert.Throws<OverflowException>(() => _ = checked((uint)-most));
        Assert.AreEqual(int.MinValue, unchecked(most + 1));
    }

    private sealed class Node
    {
        public Node? Next { get; set; }

        public int Value { get; set; }
    }

    private sealed class Wide
    {
        public Longs First = default;

        public long Last { get; set; }
    }

    // Not more than a page: the first page alone is what a null reference is known by.
    [InlineArray(400)]
    private struct Longs
    {
        private long _first;
    }
}
