using System;
using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Results;
using Xunit;
using Assert = Xunit.Assert;

namespace MemOS.Tests.Target.Runtime;

/// <summary>The language and library tests as the kernel reports them.</summary>
public sealed class RuntimeKernelTests
{
    private const string Kernel = "Runtime";

    private static KernelReport Report => KernelReports.Of(Kernel);

    public static TheoryData<string, string> Tests
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string suite, string test) in Declared) data.Add(suite, test);
            return data;
        }
    }

    private static IEnumerable<(string Suite, string Test)> Declared =>
        RuntimeSuites.Portable.Concat(MachineSuites.All)
            .SelectMany(s => s.Tests.Select(t => (s.Name, t.Key)));

    [Theory]
    [MemberData(nameof(Tests))]
    public void It_holds_in_a_kernel(string suite, string test)
    {
        TestResult? result = Report.Tests.SingleOrDefault(
            t => t.Suite == suite && t.Name == test);
        Assert.True(result is not null, $"never began; the run {Report.Summary}");
        Assert.True(result.Status == TestStatus.Passed,
            $"{result.Status} {result.Message}; the run {Report.Summary}");
    }

    [Fact]
    public void The_kernel_comes_to_a_verdict()
    {
        Assert.True(Report.Ending == Ending.Reached && Report.Damaged == 0,
            Report.Summary + Environment.NewLine + Report.Console);
        Assert.Empty(Report.Assertions);
    }

    [Fact]
    public void The_kernel_runs_exactly_what_is_declared() =>
        Assert.Equal(Declared, Report.Tests.Select(t => (t.Suite, t.Name)));
}
