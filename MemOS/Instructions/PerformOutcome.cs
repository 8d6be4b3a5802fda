namespace MemOS.Instructions;

/// <summary>How far an instruction has come.</summary>
public enum PerformOutcome
{
    /// <summary>
    /// It can't be performed: it is unknown, lies partly outside of served memory, or has no
    /// aligned operand where it must. Nothing was changed.
    /// </summary>
    Unknown = 0,

    /// <summary>It wants an access to served memory; perform it again with the answer.</summary>
    Wants,

    /// <summary>The program's memory refused an access that nobody serves.</summary>
    Refused,

    /// <summary>It is done, or one iteration of it; the registers are changed.</summary>
    Done,
}
