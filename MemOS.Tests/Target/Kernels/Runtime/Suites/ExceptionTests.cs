using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Exceptions: how they are thrown, filtered, passed on and cleaned up after.</summary>
internal static class ExceptionTests
{
    private static string _log = "";

    public static TestSuite Suite => new TestSuite("Exceptions")
        .Add(nameof(A_thrown_exception_is_caught_with_its_message),
            A_thrown_exception_is_caught_with_its_message)
        .Add(nameof(The_first_clause_that_fits_catches), The_first_clause_that_fits_catches)
        .Add(nameof(Finally_runs_in_every_case), Finally_runs_in_every_case)
        .Add(nameof(Filters_choose_before_finally_runs), Filters_choose_before_finally_runs)
        .Add(nameof(A_filter_that_throws_counts_as_false), A_filter_that_throws_counts_as_false)
        .Add(nameof(Rethrow_passes_the_same_object_on), Rethrow_passes_the_same_object_on)
        .Add(nameof(Nested_exceptions_are_handled_inside_out),
            Nested_exceptions_are_handled_inside_out)
        .Add(nameof(An_exception_out_of_a_catch_replaces_the_first),
            An_exception_out_of_a_catch_replaces_the_first)
        .Add(nameof(An_exception_out_of_a_finally_replaces_the_first),
            An_exception_out_of_a_finally_replaces_the_first)
        .Add(nameof(An_exception_crosses_fifty_frames), An_exception_crosses_fifty_frames)
        .Add(nameof(Locals_keep_their_values_across_a_catch),
            Locals_keep_their_values_across_a_catch)
        .Add(nameof(Using_disposes_on_the_way_out), Using_disposes_on_the_way_out)
        .Add(nameof(Own_exceptions_carry_data), Own_exceptions_carry_data)
        .Add(nameof(Exceptions_cross_delegates_and_interfaces),
            Exceptions_cross_delegates_and_interfaces)
        .Add(nameof(Many_exceptions_leave_the_stack_as_it_was),
            Many_exceptions_leave_the_stack_as_it_was);

    private static void A_thrown_exception_is_caught_with_its_message()
    {
        string message = "";
        try
        {
            Throw("why");
        }
        catch (InvalidOperationException exception)
        {
            message = exception.Message;
        }

        Assert.AreEqual("why", message);
    }

    private static void The_first_clause_that_fits_catches()
    {
        Assert.AreEqual("argument", Catch(() => throw new ArgumentNullException()));
        Assert.AreEqual("invalid", Catch(() => throw new InvalidOperationException()));
        Assert.AreEqual("other", Catch(() => throw new NotSupportedException()));
        Assert.AreEqual("none", Catch(() => { }));
    }

    private static void Finally_runs_in_every_case()
    {
        _log = "";
        Assert.AreEqual(1, ReturnFromTry());
        Assert.AreEqual("f", _log);
        for (int i = 0; i < 3; i++)
        {
            try
            {
                if (i == 1) continue;
                if (i == 2) break;
            }
            finally
            {
                _log += i;
            }
        }

        Assert.AreEqual("f012", _log);
    }

    private static void Filters_choose_before_finally_runs()
    {
        _log = "";
        try
        {
            try
            {
                Throw("x");
            }
            catch (InvalidOperationException e) when (Note("filter1 ") && e.Message == "y")
            {
                _log += "wrong ";
            }
            finally
            {
                _log += "finally ";
            }
        }
        catch (InvalidOperationException) when (Note("filter2 "))
        {
            _log += "catch";
        }

        Assert.AreEqual("filter1 filter2 finally catch", _log);
    }

    private static void A_filter_that_throws_counts_as_false()
    {
        string caught = "";
        try
        {
            try
            {
                Throw("first");
            }
            catch (InvalidOperationException) when (ThrowFromFilter())
            {
                caught = "inner";
            }
        }
        catch (InvalidOperationException exception)
        {
            caught = exception.Message;
        }

        Assert.AreEqual("first", caught);
    }

    private static void Rethrow_passes_the_same_object_on()
    {
        InvalidOperationException original = new("same");
        Exception? caught = null;
        _log = "";
        try
        {
            try
            {
                throw original;
            }
            catch (InvalidOperationException)
            {
                _log += "inner ";
                throw;
            }
        }
        catch (Exception exception)
        {
            _log += "outer";
            caught = exception;
        }

        Assert.AreEqual("inner outer", _log);
        Assert.IsTrue(ReferenceEquals(original, caught), "the same object");
    }

    private static void Nested_exceptions_are_handled_inside_out()
    {
        _log = "";
        try
        {
            Throw("outer");
        }
        catch (InvalidOperationException outer)
        {
            try
            {
                Throw("inner");
            }
            catch (InvalidOperationException inner)
            {
                _log += inner.Message + " ";
            }

            _log += outer.Message;
        }

        Assert.AreEqual("inner outer", _log);
    }

    private static void An_exception_out_of_a_catch_replaces_the_first()
    {
        Exception caught = Assert.Throws<NotSupportedException>(() =>
        {
            try
            {
                Throw("first");
            }
            catch (InvalidOperationException first)
            {
                throw new NotSupportedException("second", first);
            }
        });
        Assert.AreEqual("second", caught.Message);
        Assert.AreEqual("first", caught.InnerException?.Message);
    }

    private static void An_exception_out_of_a_finally_replaces_the_first()
    {
        _log = "";
        string caught = "";
        try
        {
            try
            {
                try
                {
                    Throw("first");
                }
                finally
                {
                    _log += "f1 ";
                    Throw("second");
                }
            }
            finally
            {
                _log += "f2";
            }
        }
        catch (InvalidOperationException exception)
        {
            caught = exception.Message;
        }

        Assert.AreEqual("second", caught);
        Assert.AreEqual("f1 f2", _log);
    }

    private static void An_exception_crosses_fifty_frames()
    {
        int unwound = 0;
        string caught = "";
        try
        {
            Descend(50, ref unwound);
        }
        catch (InvalidOperationException exception)
        {
            caught = exception.Message;
        }

        Assert.AreEqual("bottom", caught);
        Assert.AreEqual(50, unwound);
    }

    private static void Locals_keep_their_values_across_a_catch()
    {
        int number = Opaque.Value(5);
        string text = Opaque.Value("five");
        double fraction = Opaque.Value(5.5);
        try
        {
            number++;
            Throw("x");
            number = 0;
        }
        catch (InvalidOperationException)
        {
            number *= 10;
        }

        Assert.AreEqual(60, number);
        Assert.AreEqual("five", text);
        Assert.AreEqual(5.5, fraction);
    }

    private static void Using_disposes_on_the_way_out()
    {
        _log = "";
        try
        {
            using Resource first = new("1");
            using Resource second = new("2");
            Throw("x");
        }
        catch (InvalidOperationException)
        {
            _log += "caught";
        }

        Assert.AreEqual("21caught", _log);
    }

    private static void Own_exceptions_carry_data()
    {
        CodeException exception = Assert.Throws<CodeException>(() => throw new CodeException(7));
        Assert.AreEqual(7, exception.Code);
        Assert.AreEqual("code 7", exception.Message);
    }

    private static void Exceptions_cross_delegates_and_interfaces()
    {
        IComparer<int> comparer = Opaque.Value<IComparer<int>>(
            Comparer<int>.Create((_, _) => throw new CodeException(9)));
        int[] numbers = [3, 2, 1];
        Exception failure = Assert.Throws<InvalidOperationException>(
            () => Array.Sort(numbers, comparer));
        Assert.IsTrue(failure.InnerException is CodeException { Code: 9 }, "the cause");
    }

    private static void Many_exceptions_leave_the_stack_as_it_was()
    {
        int caught = 0;
        for (int i = 0; i < 2000; i++)
        {
            try
            {
                Throw("x");
            }
            catch (InvalidOperationException)
            {
                caught++;
            }
        }

        Assert.AreEqual(2000, caught);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(string message) => throw new InvalidOperationException(message);

    private static bool ThrowFromFilter() => throw new NotSupportedException();

    private static bool Note(string text)
    {
        _log += text;
        return true;
    }

    private static int ReturnFromTry()
    {
        try
        {
            return 1;
        }
        finally
        {
            _log += "f";
        }
    }

    private static string Catch(Action action)
    {
        try
        {
            action();
            return "none";
        }
        catch (ArgumentException)
        {
            return "argument";
        }
        catch (InvalidOperationException)
        {
            return "invalid";
        }
        catch
        {
            return "other";
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Descend(int depth, ref int unwound)
    {
        if (depth == 0) Throw("bottom");
        try
        {
            Descend(depth - 1, ref unwound);
        }
        finally
        {
            unwound++;
        }
    }

    private sealed class Resource(string name) : IDisposable
    {
        public void Dispose() => _log += name;
    }

    private sealed class CodeException(int code) : Exception($"code {code}")
    {
        public int Code { get; } = code;
    }
}
