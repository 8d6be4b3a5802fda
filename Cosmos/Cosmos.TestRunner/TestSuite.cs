using System;
using System.Collections.Generic;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner;

/// <summary>Named tests that run one after another, each reported by itself.</summary>
/// <remarks>
/// Tests are added by hand, <c>Add(nameof(X), X)</c>: a kernel has no reflection to find them.
/// </remarks>
public sealed class TestSuite
{
    // Not thread static: thread statics are among the things that such suites test.
    private static bool _running;

    private readonly List<KeyValuePair<string, Action>> _tests = [];

    /// <summary>Makes an empty suite.</summary>
    public TestSuite(string name) => Name = name;

    /// <summary>What the suite is called in reports.</summary>
    public string Name { get; }

    /// <summary>The tests in the order in which they run.</summary>
    public IReadOnlyList<KeyValuePair<string, Action>> Tests => _tests;

    /// <summary>Whether a test of some suite runs now, and would catch an exception.</summary>
    internal static bool IsRunning => _running;

    /// <summary>Adds a test, which fails by throwing.</summary>
    public TestSuite Add(string name, Action test)
    {
        _tests.Add(new KeyValuePair<string, Action>(name, test));
        return this;
    }

    /// <summary>Runs every test, also after a failure, and reports each.</summary>
    /// <returns>How many failed.</returns>
    public int Run(IResultSink sink)
    {
        sink.Send(new ResultFrame(FrameKind.SuiteStarted, Name, ""));
        int failures = 0;
        foreach (KeyValuePair<string, Action> test in _tests)
        {
            sink.Send(new ResultFrame(FrameKind.TestStarted, test.Key, ""));
            string? failure = FailureOf(test.Value);
            if (failure is not null) failures++;
            sink.Send(failure is null
                ? new ResultFrame(FrameKind.TestPassed, test.Key, "")
                : new ResultFrame(FrameKind.TestFailed, test.Key, failure));
        }

        return failures;
    }

    private static string? FailureOf(Action test)
    {
        _running = true;
        try
        {
            test();
            return null;
        }
        catch (AssertionFailedException failure)
        {
            return failure.Message;
        }
        catch (Exception surprise)
        {
            return surprise.GetType().Name + ": " + surprise.Message;
        }
        finally
        {
            _running = false;
        }
    }
}
