namespace MemOS.Abi;

/// <summary>Why a process is told to end (<see cref="SignalCode.Terminate"/>).</summary>
public enum TerminateReason : byte
{
    /// <summary>Its parent has ended, or its job is to end.</summary>
    Asked = 0,

    /// <summary>
    /// Ctrl-C was pressed while its job had the console: it ends, or says that it goes on
    /// (KEEP_RUNNING).
    /// </summary>
    ControlC = 1,
}
