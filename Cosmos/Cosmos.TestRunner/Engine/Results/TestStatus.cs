namespace Cosmos.TestRunner.Engine.Results;

/// <summary>How one test in a kernel ended.</summary>
public enum TestStatus
{
    /// <summary>It began, and nothing more was heard of it.</summary>
    Unfinished,

    /// <summary>It ended well.</summary>
    Passed,

    /// <summary>It ended badly.</summary>
    Failed,
}
