using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>An amount of each thing that a job has limits for; 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct ResourceRecord
{
    /// <summary>As a limit: whatever the job above has.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>Memory of programs in bytes, touched or not.</summary>
    public ulong CommittedBytes;

    /// <summary>The kernel's own memory in bytes: its objects, and page tables.</summary>
    public ulong KernelBytes;

    /// <summary>Processes, until their parents know of their end; and jobs below.</summary>
    public ulong Processes;

    /// <summary>Threads.</summary>
    public ulong Threads;

    /// <summary>Segments, by their makers.</summary>
    public ulong Segments;

    /// <summary>Regions of address spaces.</summary>
    public ulong Regions;

    /// <summary>Signals that wait to be told.</summary>
    public ulong QueuedSignals;
}
