using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>
/// What a job, with the jobs below it, may use. What is not set is as much as the job above has.
/// </summary>
public sealed record JobLimits
{
    /// <summary>No limit but those of the job above.</summary>
    public const ulong Unlimited = ResourceRecord.Unlimited;

    /// <summary>Memory of programs in bytes, touched or not.</summary>
    public ulong CommittedBytes { get; init; } = Unlimited;

    /// <summary>The kernel's own memory in bytes: its objects, and page tables.</summary>
    public ulong KernelBytes { get; init; } = Unlimited;

    /// <summary>Processes, until their parents know of their end; and jobs below.</summary>
    public ulong Processes { get; init; } = Unlimited;

    /// <summary>Threads.</summary>
    public ulong Threads { get; init; } = Unlimited;

    /// <summary>Segments, by their makers.</summary>
    public ulong Segments { get; init; } = Unlimited;

    /// <summary>Regions of address spaces.</summary>
    public ulong Regions { get; init; } = Unlimited;

    /// <summary>Signals that wait to be told.</summary>
    public ulong QueuedSignals { get; init; } = Unlimited;

    internal ResourceRecord ToRecord() => new()
    {
        CommittedBytes = CommittedBytes,
        KernelBytes = KernelBytes,
        Processes = Processes,
        Threads = Threads,
        Segments = Segments,
        Regions = Regions,
        QueuedSignals = QueuedSignals,
    };

    internal static JobLimits Of(in ResourceRecord record) => new()
    {
        CommittedBytes = record.CommittedBytes,
        KernelBytes = record.KernelBytes,
        Processes = record.Processes,
        Threads = record.Threads,
        Segments = record.Segments,
        Regions = record.Regions,
        QueuedSignals = record.QueuedSignals,
    };
}
