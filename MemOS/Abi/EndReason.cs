namespace MemOS.Abi;

/// <summary>Why a process has ended.</summary>
public enum EndReason : byte
{
    /// <summary>It called EXIT.</summary>
    Exited = 0,

    /// <summary>Its parent ended it, or its job was ended.</summary>
    Killed = 1,

    /// <summary>It did what no process may.</summary>
    Faulted = 2,

    /// <summary>It touched memory of its own when the machine had none left.</summary>
    OutOfMemory = 3,
}
