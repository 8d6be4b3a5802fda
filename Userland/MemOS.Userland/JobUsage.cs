using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>What a job uses, with the jobs below it.</summary>
/// <param name="CommittedBytes">Memory of programs in bytes, touched or not.</param>
/// <param name="KernelBytes">The kernel's own memory in bytes: its objects, and page tables.
/// </param>
/// <param name="Processes">Processes, until their parents know of their end; and jobs.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Segments">Segments, by their makers.</param>
/// <param name="Regions">Regions of address spaces.</param>
/// <param name="QueuedSignals">Signals that wait to be told.</param>
public sealed record JobUsage(
    ulong CommittedBytes,
    ulong KernelBytes,
    ulong Processes,
    ulong Threads,
    ulong Segments,
    ulong Regions,
    ulong QueuedSignals)
{
    internal static JobUsage Of(in ResourceRecord record) => new(
        record.CommittedBytes, record.KernelBytes, record.Processes, record.Threads,
        record.Segments, record.Regions, record.QueuedSignals);
}
