namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>Why waiting for a machine came to its end.</summary>
public enum Ending
{
    /// <summary>What was waited for came.</summary>
    Reached,

    /// <summary>The kernel panicked.</summary>
    Panic,

    /// <summary>The machine said nothing for too long.</summary>
    Silence,

    /// <summary>The machine kept talking, but not to the point, for too long.</summary>
    TimeLimit,

    /// <summary>The machine powered off or reset by itself.</summary>
    PoweredOff,
}
