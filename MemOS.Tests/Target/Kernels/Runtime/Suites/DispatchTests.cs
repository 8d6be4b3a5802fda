using System;
using System.Collections.Generic;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Interface dispatch, delegates, lambdas, events.</summary>
internal static class DispatchTests
{
    public static TestSuite Suite => new TestSuite("Dispatch")
        .Add(nameof(Interface_calls_reach_the_implementation),
            Interface_calls_reach_the_implementation)
        .Add(nameof(One_call_site_serves_many_types), One_call_site_serves_many_types)
        .Add(nameof(Explicit_implementations_are_apart), Explicit_implementations_are_apart)
        .Add(nameof(Default_interface_methods_run), Default_interface_methods_run)
        .Add(nameof(A_call_on_null_throws), A_call_on_null_throws)
        .Add(nameof(Delegates_bind_static_and_instance_methods),
            Delegates_bind_static_and_instance_methods)
        .Add(nameof(Delegates_bind_virtual_and_interface_methods),
            Delegates_bind_virtual_and_interface_methods)
        .Add(nameof(Multicast_delegates_call_all_in_order),
            Multicast_delegates_call_all_in_order)
        .Add(nameof(Delegates_compare_by_target_and_method),
            Delegates_compare_by_target_and_method)
        .Add(nameof(Lambdas_capture_variables_not_values),
            Lambdas_capture_variables_not_values)
        .Add(nameof(Each_round_of_foreach_has_its_own_variable),
            Each_round_of_foreach_has_its_own_variable)
        .Add(nameof(Events_reach_their_subscribers), Events_reach_their_subscribers)
        .Add(nameof(Function_pointers_call), Function_pointers_call)
        .Add(nameof(Local_functions_recurse), Local_functions_recurse);

    private static void Interface_calls_reach_the_implementation()
    {
        IShape square = Opaque.Value<IShape>(new Square(3));
        IShape circle = Opaque.Value<IShape>(new Rectangle(2, 5));
        Assert.AreEqual(9, square.Area());
        Assert.AreEqual(10, circle.Area());
    }

    private static void One_call_site_serves_many_types()
    {
        IShape[] shapes =
        [
            new Square(1), new Rectangle(1, 2), new Tile<int>(3), new Tile<string>(4),
            new Tile<long>(5), new Tile<object>(6), new Tile<byte>(7), new Tile<double>(8),
            new Tile<char>(9), new Tile<short>(10),
        ];
        int sum = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach (IShape shape in shapes) sum += shape.Area();
        }

        Assert.AreEqual(3 * 55, sum);
    }

    private static void Explicit_implementations_are_apart()
    {
        Both both = new();
        Assert.AreEqual("left", ((ILeft)both).Side());
        Assert.AreEqual("right", ((IRight)both).Side());
        Assert.AreEqual("both", both.Side());
    }

    private static void Default_interface_methods_run()
    {
        IShape square = Opaque.Value<IShape>(new Square(3));
        IShape rectangle = Opaque.Value<IShape>(new Rectangle(2, 5));
        Assert.AreEqual("area 9", square.Describe());
        Assert.AreEqual("2 by 5", rectangle.Describe());
    }

    private static void A_call_on_null_throws()
    {
        IShape? none = Opaque.Value<IShape?>(null);
        Action? nothing = Opaque.Value<Action?>(null);
        Assert.Throws<NullReferenceException>(() => none!.Area());
        Assert.Throws<NullReferenceException>(() => nothing!());
    }

    private static void Delegates_bind_static_and_instance_methods()
    {
        Func<int, int> twice = Twice;
        Func<int> area = new Square(4).Area;
        Assert.AreEqual(10, twice(5));
        Assert.AreEqual(16, area());
    }

    private static void Delegates_bind_virtual_and_interface_methods()
    {
        object text = Opaque.Value<object>("text");
        Func<string?> show = text.ToString;
        Func<int> area = Opaque.Value<IShape>(new Rectangle(2, 2)).Area;
        Assert.AreEqual("text", show());
        Assert.AreEqual(4, area());
    }

    private static void Multicast_delegates_call_all_in_order()
    {
        string log = "";
        Action first = () => log += "1";
        Action second = () => log += "2";
        Action? both = first + second + first;
        both();
        Assert.AreEqual("121", log);
        both -= first;
        both!();
        Assert.AreEqual("12112", log);
        Assert.AreEqual(2, both.GetInvocationList().Length);
        Assert.IsNull(first - first);
    }

    private static void Delegates_compare_by_target_and_method()
    {
        Square square = new(1);
        Func<int> first = square.Area;
        Func<int> second = square.Area;
        Func<int> other = new Square(1).Area;
        Assert.IsTrue(first == second, "same object and method");
        Assert.IsFalse(first == other, "another object");
    }

    private static void Lambdas_capture_variables_not_values()
    {
        int count = 0;
        Action add = () => count++;
        add();
        add();
        count += 10;
        add();
        Assert.AreEqual(13, count);
        Func<int, Func<int, int>> adder = a => b => a + b;
        Assert.AreEqual(7, adder(3)(4));
    }

    private static void Each_round_of_foreach_has_its_own_variable()
    {
        List<Func<int>> functions = [];
        foreach (int number in new[] { 1, 2, 3 }) functions.Add(() => number);
        int digits = 0;
        foreach (Func<int> function in functions) digits = digits * 10 + function();
        Assert.AreEqual(123, digits);
    }

    private static void Events_reach_their_subscribers()
    {
        Bell bell = new();
        string log = "";
        void Hear(object? sender, string tone) => log += tone;
        bell.Ring("unheard");
        bell.Rang += Hear;
        bell.Rang += (_, tone) => log += tone.ToUpperInvariant();
        bell.Ring("a");
        bell.Rang -= Hear;
        bell.Ring("b");
        Assert.AreEqual("aAB", log);
    }

    private static unsafe void Function_pointers_call()
    {
        // Safe: the pointer is that of a static method with this very signature.
        delegate*<int, int> pointer = &Twice;
        Assert.AreEqual(14, pointer(Opaque.Value(7)));
    }

    private static void Local_functions_recurse()
    {
        int calls = 0;
        Assert.AreEqual(55, Fibonacci(10));
        Assert.AreEqual(177, calls);

        int Fibonacci(int n)
        {
            calls++;
            return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
        }
    }

    private static int Twice(int number) => 2 * number;

    private interface IShape
    {
        int Area();

        string Describe() => $"area {Area()}";
    }

    private interface ILeft
    {
        string Side();
    }

    private interface IRight
    {
        string Side();
    }

    private sealed class Square(int side) : IShape
    {
        public int Area() => side * side;
    }

    private sealed class Rectangle(int width, int height) : IShape
    {
        public int Area() => width * height;

        public string Describe() => $"{width} by {height}";
    }

    private sealed class Tile<T>(int area) : IShape
    {
        public int Area() => area;

        public T? Mark { get; init; }
    }

    private sealed class Both : ILeft, IRight
    {
        public string Side() => "both";

        string ILeft.Side() => "left";

        string IRight.Side() => "right";
    }

    private sealed class Bell
    {
        public event EventHandler<string>? Rang;

        public void Ring(string tone) => Rang?.Invoke(this, tone);
    }
}
