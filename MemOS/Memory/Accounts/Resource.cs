namespace MemOS.Memory.Accounts;

/// <summary>What there are limits for, in the order of <see cref="Abi.ResourceRecord"/>.</summary>
public enum Resource
{
    /// <summary>Memory of programs in bytes, touched or not.</summary>
    CommittedBytes = 0,

    /// <summary>The kernel's own memory in bytes: its objects, and page tables.</summary>
    KernelBytes,

    /// <summary>Processes and jobs.</summary>
    Processes,

    /// <summary>Threads.</summary>
    Threads,

    /// <summary>Segments.</summary>
    Segments,

    /// <summary>Regions of address spaces.</summary>
    Regions,

    /// <summary>Signals that wait to be told.</summary>
    QueuedSignals,
}
