namespace Cosmos.TestRunner.Engine.Results;

/// <summary>The result of one test in a kernel.</summary>
/// <param name="Suite">The suite it belongs to.</param>
/// <param name="Name">The test.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">Why it failed; empty if it did not.</param>
public sealed record TestResult(string Suite, string Name, TestStatus Status, string Message);
