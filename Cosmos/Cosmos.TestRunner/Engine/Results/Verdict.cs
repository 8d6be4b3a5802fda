namespace Cosmos.TestRunner.Engine.Results;

/// <summary>What a test kernel says of itself at its end.</summary>
public enum Verdict
{
    /// <summary>It did not come to say anything.</summary>
    None,

    /// <summary>Everything it set out to do is done, and was right.</summary>
    Completed,

    /// <summary>Something was wrong.</summary>
    Failed,
}
