namespace MemOS.Abi;

/// <summary>What a backer answers (SIGNAL_DONE).</summary>
public enum BackerAnswer : byte
{
    /// <summary>Here it is; it is done.</summary>
    Done = 0,

    /// <summary>There is nothing at that offset.</summary>
    OutOfRange = 1,

    /// <summary>It does not work.</summary>
    HardwareFault = 2,
}
