using System;
using System.Linq;
using Mono.Cecil;
using Xunit;

namespace MemOS.Tests.Toolchain.Plugs;

/// <summary>What the attribute of a plug's method can say.</summary>
public sealed class PlugMethodTests
{
    private const string Target = """
        public static class Program
        {
            public static int Answer() => Add(1, 2);
            public static int Words() => Add("a", "b").Length;
            public static int Add(int a, int b) => a - b;
            public static string Add(string a, string b) => "";
        }
        """;

    [Theory]
    [InlineData("System.Int32 Program::Add(System.Int32,System.Int32)")]
    [InlineData("System_Int32__Program_Add_System_Int32__System_Int32_")]
    public void A_signature_says_which_method_is_meant(string signature)
    {
        using PlugBench bench = new(Target, $$"""
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(Signature = "{{signature}}")]
                public static int Sum(int a, int b) => a + b;
            }
            """);
        Assert.Equal(3, bench.Run("Answer"));
    }

    [Fact]
    public void A_signature_of_no_method_is_an_error()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(Signature = "System.Void Program::Add()")]
                public static void Add() { }
            }
            """);
        Assert.Contains("Program::Add(System.Int32,System.Int32)", bench.Fail("IL2CPU011"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_plug_that_is_not_enabled_is_left_out()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(Enabled = false)] public static int Add(int a, int b) => 100;
                [PlugMethod(Enabled = false)] public static int Nothing() => 100;
            }
            """);
        Assert.Equal(-1, bench.Run("Answer"));
    }

    [Fact]
    public void An_optional_method_that_is_missing_is_no_error()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(IsOptional = true)] public static int Gone(int a) => 100;
                public static int Add(int a, int b) => a + b;
            }
            """);
        Assert.Equal(3, bench.Run("Answer"));
    }

    [Fact]
    public void A_wildcard_is_for_every_overload()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                public static int Calls;
                public static int Answer() { Log(); Log(1); Log("a", 2); return Calls; }
                public static void Log() { }
                public static void Log(int a) { }
                public static void Log(string a, int b) { }
            }
            """, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(IsWildcard = true)] public static void Log() => Program.Calls++;
            }
            """);
        Assert.Equal(3, bench.Run("Answer"));
    }

    [Fact]
    public void A_wildcard_that_an_overload_cannot_call_is_an_error()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(IsWildcard = true)] public static int Add() => 1;
            }
            """);
        Assert.Contains("Add(System.String,System.String)", bench.Fail("IL2CPU017"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_must_be_plugged_and_is_not_is_an_error()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                [PlugMethod(PlugRequired = true)]
                public static int Answer() => throw new NotImplementedException();
            }
            """, "public static class Nothing { }");
        string message = bench.Fail("IL2CPU024");
        Assert.Contains("Program::Answer()", message, StringComparison.Ordinal);
        Assert.StartsWith("/src/Target.cs(", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_that_must_be_plugged_and_is_runs()
    {
        using PlugBench bench = new("""
            public static class Program
            {
                [PlugMethod(PlugRequired = true)]
                public static int Answer() => throw new NotImplementedException();
            }
            """, """
            [Plug(typeof(Program))]
            public static class ProgramPlug { public static int Answer() => 42; }
            """);
        Assert.Equal(42, bench.Run("Answer"));
    }

    [Fact]
    public void A_method_that_is_not_public_is_a_plug_when_it_is_marked()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod] internal static int Gone(int a) => 100;
            }
            """);
        Assert.Contains("ProgramPlug.Gone", bench.Fail("IL2CPU011"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembler_writes_the_body_of_its_plug()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(Assembler = typeof(Adder))]
                public static int Add(int a, int b) => throw new NotImplementedException();
            }
            public class Adder : AssemblerMethod
            {
                public override string Assemble() => "    lea eax, [rdi + rsi]\n    ret";
            }
            namespace System.Runtime
            {
                internal class RuntimeImportAttribute : Attribute
                {
                    public RuntimeImportAttribute(string library, string entry) { }
                }
            }
            """);
        bench.Applier.Apply();
        (string name, string text) = Assert.Single(bench.Applier.Assembly);
        string symbol = name[..^".asm".Length];
        Assert.Contains($"global {symbol}\n", text, StringComparison.Ordinal);
        Assert.Contains($"{symbol}:\n    lea eax, [rdi + rsi]\n    ret\n", text,
            StringComparison.Ordinal);
        MethodDefinition plug = bench.Assemblies.FindType("ProgramPlug", "Plugs")!
            .Methods.Single(one => one.Name == "Add");
        Assert.True(plug.IsInternalCall);
        CustomAttribute import = Assert.Single(plug.CustomAttributes,
            one => one.AttributeType.Name == "RuntimeImportAttribute");
        Assert.Equal(["*", symbol], import.ConstructorArguments.Select(one => one.Value));
    }

    [Fact]
    public void An_assembler_that_fails_is_an_error_with_its_message()
    {
        using PlugBench bench = new(Target, """
            [Plug(typeof(Program))]
            public static class ProgramPlug
            {
                [PlugMethod(Assembler = typeof(Broken))]
                public static int Add(int a, int b) => 0;
            }
            public class Broken : AssemblerMethod
            {
                public override string Assemble() => throw new Exception("out of ideas");
            }
            """);
        Assert.Contains("out of ideas", bench.Fail("IL2CPU027"), StringComparison.Ordinal);
    }
}
