using System;

namespace MemOS.Abi;

/// <summary>
/// What the processes of a job may do to the machine and to others. A job has no authority that
/// the job above it lacks. Devices are not here: each process has a list of those it may drive.
/// </summary>
[Flags]
public enum Authority : ushort
{
    /// <summary>Nothing but what concerns the job itself and the jobs below it.</summary>
    None = 0,

    /// <summary>See the processes, regions and memory of others.</summary>
    Inspect = 1,

    /// <summary>Have the kernel check the machine's memory.</summary>
    Audit = 2,

    /// <summary>Read the kernel's log.</summary>
    Log = 4,

    /// <summary>Switch the machine off, or start it again.</summary>
    Power = 8,

    /// <summary>Be in the foreground: read what is typed.</summary>
    Console = 16,

    /// <summary>Start processes with a priority above the usual one and the caller's own.</summary>
    Priority = 32,

    /// <summary>Let devices access memory by themselves, which is to be trusted with all of it.
    /// </summary>
    Dma = 64,

    /// <summary>In the foreground, read Ctrl-C as a key like others: it ends nothing.</summary>
    Keys = 128,

    /// <summary>All of it.</summary>
    All = Inspect | Audit | Log | Power | Console | Priority | Dma | Keys,
}
