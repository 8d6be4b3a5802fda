using System.Runtime.CompilerServices;

namespace MemOS.Processes;

/// <summary>
/// What takes part in sharing the processor with others of its group: a thread, or a group.
/// </summary>
/// <remarks>
/// Its key is its virtual time: nanoseconds that it has run, divided by its weight.
/// </remarks>
/// <param name="weight">How much it gets beside others, in proportion; at least 1.</param>
internal abstract class Share(ulong weight) : KeyNode
{
    /// <summary>How much it gets beside others, in proportion; at least 1.</summary>
    internal ulong Weight { get; set; } = weight;

    /// <summary>Whom it shares with; null for the root, and until it has begun.</summary>
    internal ShareGroup? Group { get; set; }

    /// <summary>Since when it runs, in nanoseconds; has no meaning while it does not.</summary>
    internal ulong Since { get; set; }

    /// <summary>Nanoseconds that it had run when it last stopped.</summary>
    internal ulong Used { get; private set; }

    /// <summary>Whether it, or one of those in it, has the processor.</summary>
    internal bool IsRunning => Group?.Running == this;

    /// <summary>Nanoseconds that it has run.</summary>
    internal ulong UsedAt(ulong now) => IsRunning ? Used + (now - Since) : Used;

    /// <summary>Its virtual time.</summary>
    internal ulong KeyAt(ulong now) => IsRunning ? Key + Cost(now - Since) : Key;

    /// <summary>Has it pay for the time that it ran.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Charge(ulong now)
    {
        ulong used = now - Since;
        Used += used;
        Key += Cost(used);
    }

    // Never nothing, so that whoever is chosen moves on.
    private ulong Cost(ulong used) => (used / Weight) + 1;
}
