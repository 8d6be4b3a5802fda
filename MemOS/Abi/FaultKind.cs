namespace MemOS.Abi;

/// <summary>What a process did that ended it.</summary>
public enum FaultKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It read memory that it has not or may not read (page fault).</summary>
    Read = 1,

    /// <summary>It wrote memory that it has not or may not write (page fault).</summary>
    Write = 2,

    /// <summary>It ran memory that it has not or may not run (page fault).</summary>
    Execute = 3,

    /// <summary>A division by zero, or whose quotient does not fit (#DE).</summary>
    Divide = 4,

    /// <summary>A privileged instruction or an address that is none (#GP, #SS).</summary>
    Protection = 5,

    /// <summary>An instruction that does not exist (#UD).</summary>
    Instruction = 6,

    /// <summary>Any other processor exception.</summary>
    Other = 7,
}
