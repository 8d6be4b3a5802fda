namespace MemOS.Syscalls;

/// <summary>What became of a system call.</summary>
internal enum SyscallOutcome : byte
{
    /// <summary>It is over; the registers hold its error and its values.</summary>
    Finished = 0,

    /// <summary>The thread waits; the call starts over when it wakes.</summary>
    Parked,

    /// <summary>The call starts over at once, maybe after a collection or a piece.</summary>
    Restarted,

    /// <summary>The kernel does the rest in pieces, before any thread runs again.</summary>
    Underway,

    /// <summary>The caller is no more.</summary>
    Ended,
}
