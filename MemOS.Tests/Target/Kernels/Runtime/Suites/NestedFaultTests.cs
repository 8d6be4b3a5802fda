using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Exceptions of the processor inside filters and handlers.</summary>
internal static class NestedFaultTests
{
    private static string _log = "";

    public static TestSuite Suite => new TestSuite("NestedFaults")
        .Add(nameof(A_null_reference_is_caught_in_a_catch),
            A_null_reference_is_caught_in_a_catch)
        .Add(nameof(A_null_reference_leaves_a_catch), A_null_reference_leaves_a_catch)
        .Add(nameof(A_null_reference_leaves_a_finally), A_null_reference_leaves_a_finally)
        .Add(nameof(A_null_reference_in_a_filter_counts_as_false),
            A_null_reference_in_a_filter_counts_as_false)
        .Add(nameof(A_division_by_zero_leaves_a_finally),
            A_division_by_zero_leaves_a_finally);

    private static void A_null_reference_is_caught_in_a_catch()
    {
        _log = "";
        try
        {
            UseNull();
        }
        catch (NullReferenceException)
        {
            try
            {
                UseNull();
            }
            catch (NullReferenceException)
            {
                _log += "inner ";
            }

            _log += "outer";
        }

        Assert.AreEqual("inner outer", _log);
    }

    private static void A_null_reference_leaves_a_catch() =>
        Assert.Throws<NullReferenceException>(() =>
        {
            try
            {
                Throw("first");
            }
            catch (InvalidOperationException)
            {
                _ = Opaque.Value<string?>(null)!.Length;
            }
        });

    private static void A_null_reference_leaves_a_finally()
    {
        _log = "";
        Assert.Throws<NullReferenceException>(() =>
        {
            try
            {
                Throw("first");
            }
            finally
            {
                _log += "f";
                UseNull();
            }
        });
        Assert.AreEqual("f", _log);
    }

    private static void A_null_reference_in_a_filter_counts_as_false()
    {
        string caught = "";
        try
        {
            Throw("first");
        }
        catch (InvalidOperationException) when (Opaque.Value<string?>(null)!.Length == 0)
        {
            caught = "filtered";
        }
        catch (InvalidOperationException exception)
        {
            caught = exception.Message;
        }

        Assert.AreEqual("first", caught);
    }

    private static void A_division_by_zero_leaves_a_finally()
    {
        int zero = Opaque.Value(0);
        int result = Opaque.Value(3);
        Assert.Throws<DivideByZeroException>(() =>
        {
            try
            {
                UseNull();
            }
            finally
            {
                result /= zero;
            }
        });
        Assert.AreEqual(3, result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(string message) => throw new InvalidOperationException(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseNull() => Opaque.Value<List<int>?>(null)!.Add(1);
}
