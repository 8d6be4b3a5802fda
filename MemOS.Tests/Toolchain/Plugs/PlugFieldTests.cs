using System;
using Xunit;

namespace MemOS.Tests.Toolchain.Plugs;

/// <summary>Fields that plugs add to their targets, reach in them, or have filled.</summary>
public sealed class PlugFieldTests
{
    private const string Target = """
        public static class Program
        {
            public static int Answer() { Counter one = new(); one.Next(); return one.Next(); }
        }
        public class Base { protected int _hidden = 3; public int Hidden => _hidden; }
        public class Counter : Base
        {
            private int _count = 40;
            private static string s_name = "counter";
            public int Next() => 0;
            public static int Length() => s_name.Length;
        }
        """;

    [Fact]
    public void A_private_field_is_reached_by_reference()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            public static class CounterPlug
            {
                public static int Next(Counter aThis, [FieldAccess(Name = "_count")] ref int count)
                    => ++count;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void A_fields_name_may_come_in_the_long_form_and_from_a_base()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            public static class CounterPlug
            {
                public static int Next(
                    Counter aThis, [FieldAccess(Name = "System.Int32 Base._hidden")] ref int hidden,
                    [FieldAccess(Name = "s_name")] ref string name)
                {
                    hidden = 35;
                    return aThis.Hidden + name.Length;
                }
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void A_generic_types_field_is_reached()
    {
        using PlugBench bench = new("""
            public static class Program { public static int Answer() => new Box<int>(42).Take(); }
            public class Box<T> { private T _value; public Box(T v) => _value = v;
                public T Take() => default!; public T Read() => _value; }
            """, """
            [Plug("Box`1, Target")]
            public static class BoxPlug
            {
                public static T Take<T>(Box<T> aThis, [FieldAccess(Name = "_value")] ref T value)
                    => value;
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Theory]
    [InlineData("[FieldAccess(Name = \"_cont\")] ref int count", "IL2CPU013", "_count")]
    [InlineData("[FieldAccess(Name = \"_count\")] ref long count", "IL2CPU018", "Int64")]
    public void A_field_that_is_not_there_or_of_another_type_is_an_error(
        string parameter, string code, string named)
    {
        using PlugBench bench = new(Target, $$"""
            [Plug(typeof(Counter))]
            public static class CounterPlug
            {
                public static int Next(Counter aThis, {{parameter}}) => 0;
            }
            """);
        Assert.Contains(named, bench.Fail(code), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_field_is_out_of_reach_for_a_static_method()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            public static class CounterPlug
            {
                public static int Length([FieldAccess(Name = "_count")] ref int count) => count;
            }
            """);
        Assert.Contains("Counter::Length()", bench.Fail("IL2CPU019"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_field_keeps_its_value_for_each_object()
    {
        using PlugBench bench = new(
            Target.Replace("one.Next(); return one.Next();",
                "one.Next(); one.Next(); return new Counter().Next() * 10 + one.Next();",
                StringComparison.Ordinal),
            """
            [Plug(typeof(Counter))]
            [PlugField(FieldId = "$$Calls$$", FieldType = typeof(int))]
            public static class CounterPlug
            {
                public static int Next(
                    Counter aThis, [FieldAccess(Name = "$$Calls$$")] ref int calls) => ++calls;
            }
            """);
        Assert.Equal(13, bench.Run("Answer"));
    }

    [Fact]
    public void An_added_static_field_is_shared()
    {
        using PlugBench bench = new(
            Target.Replace("one.Next(); return one.Next();",
                "one.Next(); return new Counter().Next();", StringComparison.Ordinal),
            """
            [Plug(typeof(Counter))]
            [PlugField(FieldId = "Calls", FieldType = typeof(int), IsStatic = true)]
            public static class CounterPlug
            {
                public static int Next(
                    Counter aThis, [FieldAccess(Name = "Calls")] ref int calls) => ++calls;
            }
            """);
        Assert.Equal(2, bench.Run("Answer"));
    }

    [Fact]
    public void An_external_value_is_reached_through_the_address_in_its_field()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Counter))]
            [PlugField(FieldId = "Far", FieldType = typeof(int), IsExternalValue = true)]
            public static unsafe class CounterPlug
            {
                private static int* s_value;
                public static void Ctor(Counter aThis, [FieldAccess(Name = "Far")] ref int* far)
                {
                    s_value = (int*)System.Runtime.InteropServices.NativeMemory.Alloc(4);
                    *s_value = 20;
                    far = s_value;
                }
                public static int Next(Counter aThis, [FieldAccess(Name = "Far")] ref int value)
                {
                    value++;
                    return *s_value + value - 2;
                }
            }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Theory]
    [InlineData("FieldId = \"_count\", FieldType = typeof(int)", "_count")]
    [InlineData("FieldId = \"_more\"", "FieldType")]
    public void A_field_that_cannot_be_added_is_an_error(string field, string named)
    {
        using PlugBench bench = new(Target, $$"""
            [Plug(typeof(Counter))]
            [PlugField({{field}})]
            public static class CounterPlug { public static int Next(Counter aThis) => 0; }
            """);
        Assert.Contains(named, bench.Fail("IL2CPU023"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_fixed_layout_gets_no_field()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(string))]
            [PlugField(FieldId = "more", FieldType = typeof(int))]
            public static class StringPlug { }
            """);
        Assert.Contains("System.String", bench.Fail("IL2CPU023"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_is_in_its_field_from_the_start()
    {
        using PlugBench bench = new(
            "public static class Program { public static int Answer() => 0; }",
            """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [ManifestResourceStream(ResourceName = "Plugs.picture.bmp")]
                public static byte[] Picture;
                private static readonly int Length = Picture.Length;
                public static int Answer() => Length * 10 + Picture[2];
            }
            """, ("Plugs.picture.bmp", [7, 8, 9]));
        Assert.Equal(39, bench.Run("Answer"));
    }

    [Fact]
    public void A_resource_that_is_missing_is_an_error_that_names_the_nearest()
    {
        using PlugBench bench = new(Target, """
            public static class Pictures
            {
                [ManifestResourceStream(ResourceName = "Plugs.pictur.bmp")]
                public static byte[] Picture;
            }
            """, ("Plugs.picture.bmp", [7]));
        Assert.Contains("Plugs.picture.bmp", bench.Fail("IL2CPU026"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resources_field_that_is_no_byte_array_is_an_error()
    {
        using PlugBench bench = new(Target, """
            public static class Pictures
            {
                [ManifestResourceStream(ResourceName = "Plugs.picture.bmp")]
                public static string Picture;
            }
            """, ("Plugs.picture.bmp", [7]));
        Assert.Contains("Pictures::Picture", bench.Fail("IL2CPU025"), StringComparison.Ordinal);
    }
}
