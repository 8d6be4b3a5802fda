using System;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>How long to wait for a machine.</summary>
/// <param name="Silence">The longest time without a byte from it.</param>
/// <param name="Limit">The longest time in all.</param>
/// <remarks>
/// These are for machines that hang. They are far longer than any healthy run takes even on a
/// busy host, so that no result ever depends on the host's speed.
/// </remarks>
public readonly record struct Patience(TimeSpan Silence, TimeSpan Limit)
{
    /// <summary>What suits a test kernel.</summary>
    public static Patience Default { get; } =
        new(TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(600));
}
