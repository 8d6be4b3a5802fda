using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cosmos.TestRunner;
using Xunit;
using Assert = Xunit.Assert;

namespace MemOS.Tests.Target.Runtime;

/// <summary>
/// Runs the kernel's language and library tests on this very .NET, which shows that what they
/// expect of a kernel is what .NET does.
/// </summary>
public sealed class PortableSuiteTests
{
    public static TheoryData<string, string> Tests
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (TestSuite suite in RuntimeSuites.Portable)
            {
                foreach (KeyValuePair<string, Action> test in suite.Tests)
                    data.Add(suite.Name, test.Key);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void The_expectation_holds_on_the_host(string suiteName, string test)
    {
        TestSuite suite = RuntimeSuites.Portable.Single(s => s.Name == suiteName);
        KeyValuePair<string, Action> single = suite.Tests.Single(t => t.Key == test);
        FailureList failures = new();
        new TestSuite(suiteName).Add(single.Key, single.Value).Run(failures);
        Assert.Empty(failures.Failures);
    }

    [Fact]
    public void Every_test_method_is_in_its_suite()
    {
        foreach (Type type in typeof(RuntimeSuites).Assembly.GetTypes())
        {
            PropertyInfo? property = type.GetProperty("Suite", BindingFlags.Static
                | BindingFlags.Public);
            if (property?.GetValue(null) is not TestSuite suite) continue;

            // A test's name is a sentence; helpers have a word or two.
            IEnumerable<string> sentences = type
                .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                .Where(m => m.ReturnType == typeof(void) && m.GetParameters().Length == 0)
                .Select(m => m.Name)
                .Where(n => n.Contains('_', StringComparison.Ordinal)
                    && !n.Contains('<', StringComparison.Ordinal));
            Assert.Equal(sentences.Order(), suite.Tests.Select(t => t.Key).Order());
        }
    }
}
