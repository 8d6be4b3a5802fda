namespace MemOS.Abi;

/// <summary>What a process is doing.</summary>
public enum ProcessState : byte
{
    /// <summary>It has a processor.</summary>
    Running = 0,

    /// <summary>It would run if it had a processor.</summary>
    Ready = 1,

    /// <summary>It waits: for input, for a child, for a time.</summary>
    Waiting = 2,

    /// <summary>It has ended, and its parent has not asked how.</summary>
    Ended = 3,
}
