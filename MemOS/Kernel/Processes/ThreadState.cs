namespace MemOS.Processes;

/// <summary>What a thread is doing.</summary>
internal enum ThreadState : byte
{
    /// <summary>It has a processor or would run if it had one.</summary>
    Ready,

    /// <summary>
    /// It is parked in a system call or at an instruction that faulted, which starts over when it
    /// wakes.
    /// </summary>
    Waiting,

    /// <summary>It will never run again.</summary>
    Ended,
}

/// <summary>What a parked thread waits for, besides its time limit.</summary>
internal enum WaitReason : byte
{
    /// <summary>Nothing else.</summary>
    Time,

    /// <summary>Something typed.</summary>
    Console,

    /// <summary>
    /// A word of memory, or one of the kernel's that stands for the end of a child, of a job's last
    /// process, or for room for what is written to the console: see WordWaits.
    /// </summary>
    Word,

    /// <summary>A handler that makes good its fault; the instruction starts over then.</summary>
    Fault,

    /// <summary>The backer of a segment, for an instruction or a system call.</summary>
    Backer,
}
