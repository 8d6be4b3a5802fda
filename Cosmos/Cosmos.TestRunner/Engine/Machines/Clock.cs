namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>What drives the machine's time.</summary>
public enum Clock
{
    /// <summary>The host's clock.</summary>
    Host,

    /// <summary>
    /// The machine's own instructions, one virtual nanosecond each: figures repeat exactly,
    /// whatever the host is doing.
    /// </summary>
    Instructions,
}
