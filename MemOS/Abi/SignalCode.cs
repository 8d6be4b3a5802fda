namespace MemOS.Abi;

/// <summary>What the kernel tells a process: "data (bytes)", at most 32 bytes.</summary>
public enum SignalCode : byte
{
    /// <summary>signal (8): its handler is no memory that can be run.</summary>
    HandlerFault = 0x01,

    /// <summary>address (8), <see cref="FaultKind"/> Read, Write or Execute (8).</summary>
    MemFault = 0x02,

    /// <summary>nothing: a wish that it ends.</summary>
    Terminate = 0x4E,

    /// <summary>ms (8): it is ended when they have passed.</summary>
    WillTerminate = 0x4F,
}
