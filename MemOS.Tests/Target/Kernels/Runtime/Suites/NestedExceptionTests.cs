using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>
/// Exceptions while an exception is being handled.
/// </summary>
internal static class NestedExceptionTests
{
    private static string _log = "";

    public static TestSuite Suite => new TestSuite("NestedExceptions")
        .Add(nameof(A_finally_catches_its_own_exception_and_the_first_goes_on),
            A_finally_catches_its_own_exception_and_the_first_goes_on)
        .Add(nameof(Every_finally_of_a_chain_replaces_the_exception),
            Every_finally_of_a_chain_replaces_the_exception)
        .Add(nameof(Rethrow_after_an_inner_catch_throws_the_outer_exception),
            Rethrow_after_an_inner_catch_throws_the_outer_exception)
        .Add(nameof(Rethrow_inside_an_inner_try_runs_its_finally),
            Rethrow_inside_an_inner_try_runs_its_finally)
        .Add(nameof(A_sibling_clause_does_not_catch_what_a_clause_throws),
            A_sibling_clause_does_not_catch_what_a_clause_throws)
        .Add(nameof(A_filter_may_catch_exceptions_itself), A_filter_may_catch_exceptions_itself)
        .Add(nameof(A_return_leaves_nested_catches), A_return_leaves_nested_catches)
        .Add(nameof(A_jump_leaves_a_catch_by_way_of_its_finally),
            A_jump_leaves_a_catch_by_way_of_its_finally)
        .Add(nameof(Catches_nest_thirty_deep), Catches_nest_thirty_deep)
        .Add(nameof(An_iterator_runs_its_finally_when_it_is_left),
            An_iterator_runs_its_finally_when_it_is_left)
        .Add(nameof(Locals_changed_in_a_try_are_seen_in_its_filter_and_handlers),
            Locals_changed_in_a_try_are_seen_in_its_filter_and_handlers);

    private static void A_finally_catches_its_own_exception_and_the_first_goes_on()
    {
        _log = "";
        Exception first = Assert.Throws<InvalidOperationException>(() =>
        {
            try
            {
                Throw("first");
            }
            finally
            {
                try
                {
                    Throw("second");
                }
                catch (InvalidOperationException second)
                {
                    _log += second.Message;
                }
            }
        });
        Assert.AreEqual("second", _log);
        Assert.AreEqual("first", first.Message);
    }

    private static void Every_finally_of_a_chain_replaces_the_exception()
    {
        _log = "";
        Exception last = Assert.Throws<InvalidOperationException>(() => ThrowOutOfFinally(10));
        Assert.AreEqual("10", last.Message);
        Assert.AreEqual("1 2 3 4 5 6 7 8 9 10 ", _log);
    }

    private static void Rethrow_after_an_inner_catch_throws_the_outer_exception()
    {
        Exception caught = Assert.Throws<InvalidOperationException>(() =>
        {
            try
            {
                Throw("outer");
            }
            catch (InvalidOperationException)
            {
                try
                {
                    Throw("inner");
                }
                catch (InvalidOperationException)
                {
                    _log = "";
                }

                throw;
            }
        });
        Assert.AreEqual("outer", caught.Message);
    }

    private static void Rethrow_inside_an_inner_try_runs_its_finally()
    {
        _log = "";
        Exception caught = Assert.Throws<InvalidOperationException>(() =>
        {
            try
            {
                Throw("outer");
            }
            catch (InvalidOperationException)
            {
                try
                {
                    throw;
                }
                finally
                {
                    _log += "f";
                }
            }
        });
        Assert.AreEqual("outer", caught.Message);
        Assert.AreEqual("f", _log);
    }

    private static void A_sibling_clause_does_not_catch_what_a_clause_throws()
    {
        _log = "";
        Assert.Throws<NotSupportedException>(() =>
        {
            try
            {
                Throw("first");
            }
            catch (InvalidOperationException)
            {
                throw new NotSupportedException();
            }
            catch (NotSupportedException)
            {
                _log += "sibling";
            }
            finally
            {
                _log += "f";
            }
        });
        Assert.AreEqual("f", _log);
    }

    private static void A_filter_may_catch_exceptions_itself()
    {
        string caught = "";
        try
        {
            Throw("first");
        }
        catch (InvalidOperationException exception) when (SwallowsAnException())
        {
            caught = exception.Message;
        }

        Assert.AreEqual("first", caught);
    }

    private static void A_return_leaves_nested_catches()
    {
        _log = "";
        Assert.AreEqual(7, ReturnFromNestedCatches());
        Assert.AreEqual("f1 f2", _log);
    }

    private static void A_jump_leaves_a_catch_by_way_of_its_finally()
    {
        _log = "";
        for (int i = 0; i < 3; i++)
        {
            try
            {
                try
                {
                    Throw("x");
                }
                catch (InvalidOperationException)
                {
                    if (i == 0) continue;
                    if (i == 1) break;
                }
                finally
                {
                    _log += i + "f ";
                }
            }
            finally
            {
                _log += "o ";
            }
        }

        Assert.AreEqual("0f o 1f o ", _log);
    }

    private static void Catches_nest_thirty_deep()
    {
        _log = "";
        Assert.AreEqual(30, CatchNested(30));
    }

    private static void An_iterator_runs_its_finally_when_it_is_left()
    {
        _log = "";
        foreach (int number in Numbers())
        {
            if (number == 2) break;
        }

        Assert.AreEqual("left", _log);
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (int number in Numbers()) Throw(number.ToString());
        });
        Assert.AreEqual("leftleft", _log);
    }

    private static void Locals_changed_in_a_try_are_seen_in_its_filter_and_handlers()
    {
        int number = Opaque.Value(1);
        string text = "before";
        double fraction = Opaque.Value(0.5);
        try
        {
            try
            {
                number = Opaque.Value(2);
                text = Opaque.Value("inside");
                fraction *= 5;
                Throw("x");
            }
            finally
            {
                number += text.Length;
                fraction += number;
            }
        }
        catch (InvalidOperationException) when (number == 2 && text == "inside")
        {
            number *= 10;
        }

        Assert.AreEqual(80, number);
        Assert.AreEqual(10.5, fraction);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(string message) => throw new InvalidOperationException(message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseNull() => Opaque.Value<List<int>?>(null)!.Add(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOutOfFinally(int depth)
    {
        try
        {
            if (depth == 0) Throw("bottom");
            ThrowOutOfFinally(depth - 1);
        }
        finally
        {
            if (depth > 0)
            {
                _log += depth + " ";
                Throw(depth.ToString());
            }
        }
    }

    private static bool SwallowsAnException()
    {
        try
        {
            Throw("inside a filter");
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static int ReturnFromNestedCatches()
    {
        try
        {
            Throw("outer");
        }
        catch (InvalidOperationException)
        {
            try
            {
                UseNull();
            }
            catch (NullReferenceException)
            {
                return 7;
            }
            finally
            {
                _log += "f1 ";
            }
        }
        finally
        {
            _log += "f2";
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CatchNested(int depth)
    {
        if (depth == 0) return 0;
        try
        {
            Throw(depth.ToString());
            return -1;
        }
        catch (InvalidOperationException exception)
        {
            int below = CatchNested(depth - 1);
            return exception.Message == depth.ToString() ? below + 1 : -1;
        }
    }

    private static IEnumerable<int> Numbers()
    {
        try
        {
            for (int i = 1; i < 5; i++) yield return i;
        }
        finally
        {
            _log += "left";
        }
    }
}
