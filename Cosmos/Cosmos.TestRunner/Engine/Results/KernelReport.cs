using System.Collections.Generic;
using System.Linq;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Serial;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner.Engine.Results;

/// <summary>All that one boot of a test kernel brought to light.</summary>
/// <param name="Ending">Why the run ended.</param>
/// <param name="Verdict">What the kernel says of itself.</param>
/// <param name="Tests">Its tests, in the order in which they ran.</param>
/// <param name="Assertions">Assertions that failed outside every test, place and message.</param>
/// <param name="Damaged">Frames lost to damage.</param>
/// <param name="Console">What the kernel printed.</param>
public sealed record KernelReport(
    Ending Ending,
    Verdict Verdict,
    IReadOnlyList<TestResult> Tests,
    IReadOnlyList<string> Assertions,
    int Damaged,
    string Console)
{
    /// <summary>
    /// Whether all is well: the kernel says so, every test that began has passed, and nothing
    /// it said was lost.
    /// </summary>
    public bool Passed =>
        Ending == Ending.Reached && Verdict == Verdict.Completed && Damaged == 0
        && Assertions.Count == 0 && Tests.All(t => t.Status == TestStatus.Passed);

    /// <summary>The whole story in a line.</summary>
    public string Summary
    {
        get
        {
            int passed = Tests.Count(t => t.Status == TestStatus.Passed);
            string ending = Ending switch
            {
                Ending.Reached => Verdict == Verdict.Completed ? "completed" : "failed",
                Ending.Panic => "ended by a panic",
                Ending.Silence => "ended by silence",
                Ending.TimeLimit => "ended by the time limit",
                _ => "ended by a reset or power-off without a verdict",
            };
            string damage = Damaged == 0 ? "" : $", {Damaged} frames damaged";
            return $"{ending}: {passed} of {Tests.Count} tests passed{damage}";
        }
    }

    /// <summary>Reads the report out of what a machine has said.</summary>
    public static KernelReport Of(Transcript transcript, Ending ending)
    {
        List<TestResult> tests = [];
        List<string> assertions = [];
        Verdict verdict = Verdict.None;
        string suite = "";
        foreach (ResultFrame frame in transcript.Frames)
        {
            switch (frame.Kind)
            {
                case FrameKind.SuiteStarted:
                    suite = frame.Name;
                    break;
                case FrameKind.TestStarted:
                    tests.Add(new TestResult(suite, frame.Name, TestStatus.Unfinished, ""));
                    break;
                case FrameKind.TestPassed:
                    Settle(tests, new TestResult(suite, frame.Name, TestStatus.Passed, ""));
                    break;
                case FrameKind.TestFailed:
                    Settle(tests,
                        new TestResult(suite, frame.Name, TestStatus.Failed, frame.Detail));
                    break;
                case FrameKind.AssertionFailed:
                    assertions.Add($"{frame.Name}: {frame.Detail}");
                    break;
                case FrameKind.Completed:
                    verdict = Verdict.Completed;
                    break;
                case FrameKind.Failed:
                    verdict = Verdict.Failed;
                    break;
            }
        }

        return new KernelReport(
            ending, verdict, tests, assertions, transcript.Damaged, transcript.Text);
    }

    private static void Settle(List<TestResult> tests, TestResult result)
    {
        bool began = tests.Count > 0 && tests[^1].Name == result.Name
            && tests[^1].Status == TestStatus.Unfinished;
        if (began) tests.RemoveAt(tests.Count - 1);
        tests.Add(result);
    }
}
