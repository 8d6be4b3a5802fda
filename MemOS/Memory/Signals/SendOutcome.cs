namespace MemOS.Memory.Signals;

/// <summary>What became of a signal that was sent.</summary>
public enum SendOutcome : byte
{
    /// <summary>Too many wait already; nothing has happened.</summary>
    Refused = 0,

    /// <summary>It waits until it can be told.</summary>
    Kept,

    /// <summary>Nobody handles it, and it does nothing.</summary>
    Ignored,

    /// <summary>Nobody handles it, and the process is to be ended for it.</summary>
    Killed,
}
