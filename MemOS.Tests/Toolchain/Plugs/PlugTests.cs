using System;
using Xunit;

namespace MemOS.Tests.Toolchain.Plugs;

/// <summary>Classes of plugs: what they are for, and when they do not apply.</summary>
public sealed class PlugTests
{
    private const string Target = """
        public static class Program
        {
            public static int Answer() => 1;
            public static string Twice(string text) => text;
            public static T Same<T>(T value) => default!;
        }
        public class Counter
        {
            private int _count = 5;
            public Counter() { }
            public Counter(int count) => _count = count;
            public virtual int Next(int step) => -1;
            public int Count => _count;
            public static int Made;
        }
        """;

    [Fact]
    public void A_method_is_replaced_by_the_plug_of_its_name_and_signature()
    {
        using PlugBench bench = new(Target, """
            [Plug(Target = typeof(Program))]
            public static class ProgramPlug
            {
                public static int Answer() => 42;
                public static string Twice(string text) => text + text;
                public static T Same<T>(T value) => value;
                private static int Helper() => 3;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void Arguments_reach_the_plug()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                public static string Twice(string text) => text + text;
            }
            """);
        Assert.Equal("abab", bench.Run("Twice", "ab"));
    }

    [Fact]
    public void A_generic_method_keeps_its_type_arguments()
    {
        using PlugBench bench = new(
            Target + "public static class Caller { public static int Same7() => Program.Same(7); }",
            """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                public static T Same<T>(T value) => value;
                public static int Answer() => Caller.Same7();
            }
            """);
        Assert.Equal(7, bench.Run("Answer"));
    }

    [Theory]
    [InlineData("Program, Target")]
    [InlineData("Program")]
    [InlineData("Program, Target, Version=1.0.0.0")]
    public void A_target_can_be_given_by_name(string name)
    {
        using PlugBench bench = new(Target, $$"""
            [Plug(TargetName = "{{name}}")]
            public static class ProgramPlug { public static int Answer() => 42; }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void A_missing_type_is_an_error_that_names_the_nearest()
    {
        using PlugBench bench = new(Target, """
            [Plug("Countr, Target")]
            public static class CounterPlug { public static int Next() => 42; }
            """);
        string message = bench.Fail("IL2CPU010");
        Assert.Contains("CounterPlug", message, StringComparison.Ordinal);
        Assert.Contains("Nearest: Counter", message, StringComparison.Ordinal);
        Assert.StartsWith("/src/Plugs.cs(6,", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_plug_of_a_missing_type_or_method_is_left_out()
    {
        using PlugBench bench = new(Target, """
            [Plug("Countr, Target", IsOptional = true)]
            public static class NoPlug { public static int Next() => 42; }
            [Plug(typeof(Counter), IsOptional = true)]
            public static class HalfPlug { public static int Nxt() => 42; }
            """);
        Assert.Equal(1, bench.Run("Answer"));
    }

    [Fact]
    public void An_instance_plug_takes_its_object_as_aThis()
    {
        using PlugBench bench = new(
            Target.Replace("Answer() => 1", "Answer() => new Counter(30).Next(12)",
                StringComparison.Ordinal),
            """
            [Plug(typeof(Counter))]
            public static class CounterPlug
            {
                public static int Next(Counter aThis, int step) => aThis.Count + step;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void A_plug_of_an_instance_method_without_aThis_does_not_apply()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            public static class CounterPlug { public static int Next(int step) => step; }
            """);
        string message = bench.Fail("IL2CPU011");
        Assert.Contains("CounterPlug.Next", message, StringComparison.Ordinal);
        Assert.Contains("System.Int32 Counter::Next(System.Int32)", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_types_method_has_its_plug_take_aThis_by_reference()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                public static int Answer()
                {
                    Pair pair = new() { A = 1 };
                    pair.Grow();
                    return pair.A;
                }
            }
            public struct Pair { public int A; public void Grow() { } }
            """, """
            [Plug(typeof(Pair))]
            public static class PairPlug
            {
                public static void Grow(ref Pair aThis) => aThis.A = 42;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void Constructors_are_plugged_as_Ctor_and_CCtor()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                public static int Answer() => new Made().Value + Made.Shared;
            }
            public class Made
            {
                public int Value;
                public static int Shared;
                static Made() => Shared = 1;
                public Made() => Value = 2;
            }
            """, """
            [Plug(typeof(Made))]
            public static class MadePlug
            {
                public static void CCtor() => Made.Shared = 12;
                public static void Ctor(Made aThis) => aThis.Value = 30;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void An_inheritable_plug_holds_for_derived_types_too()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                public static int Answer() => new A().Size() * 10 + new C().Size();
            }
            public class A { public virtual int Size() => 1; }
            public class B : A { }
            public class C : B { public override int Size() => 3; }
            """, """
            [Plug(typeof(A), Inheritable = true)]
            public static class APlug { public static int Size(A aThis) => aThis is C ? 8 : 7; }
            """);
        Assert.Equal(78, bench.Run("Answer"));
    }

    [Fact]
    public void Without_Inheritable_an_override_stays()
    {
        using PlugBench bench = new("""
            public static class Program { public static int Answer() => new B().Size(); }
            public class A { public virtual int Size() => 1; }
            public class B : A { public override int Size() => 3; }
            """, """
            [Plug(typeof(A))]
            public static class APlug { public static int Size(A aThis) => 7; }
            """);
        Assert.Equal(3, bench.Run("Answer"));
    }

    [Fact]
    public void A_method_of_a_generic_type_is_plugged_by_a_generic_method()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                public static int Answer() => new Box<int>().Keep(42, "x");
            }
            public class Box<T> { public T Keep<U>(T value, U other) => default!; }
            """, """
            [Plug("Box`1, Target")]
            public static class BoxPlug
            {
                public static A Keep<A, B>(Box<A> aThis, A value, B other) => value;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void Object_stands_for_a_class_that_the_plug_cannot_name()
    {
        using PlugBench bench = new("""
            public static class Program { public static int Answer() => Measure(new Secret()); 
                internal static int Measure(Secret secret) => 0;
                internal static int Measure(int number) => 0; }
            internal class Secret { }
            """, """
            [Plug("Program, Target")]
            public static class ProgramPlug
            {
                public static int Measure(object secret) => secret.GetType().Name.Length;
            }
            """);
        Assert.Equal(6, bench.Run("Answer"));
    }

    [Fact]
    public void Two_plugs_of_one_method_are_an_error()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))] public static class One { public static int Answer() => 1; }
            [Plug(typeof(Program))] public static class Two { public static int Answer() => 2; }
            """);
        string message = bench.Fail("IL2CPU012");
        Assert.Contains("One", message, StringComparison.Ordinal);
        Assert.Contains("Two", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plug_that_is_not_static_is_an_error()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            public class CounterPlug { public int Next(int step) => step; }
            """);
        Assert.StartsWith("/src/Plugs.cs(6,", bench.Fail("IL2CPU015"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plug_without_a_target_is_an_error()
    {
        using PlugBench bench = new(Target, """
            [Plug] public static class LostPlug { public static int Next() => 1; }
            """);
        Assert.Contains("LostPlug", bench.Fail("IL2CPU014"), StringComparison.Ordinal);
    }
}
