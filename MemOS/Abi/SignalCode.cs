namespace MemOS.Abi;

/// <summary>What the kernel tells a process: "data (bytes)", at most 32 bytes.</summary>
public enum SignalCode : byte
{
    /// <summary>signal (8): its handler is no memory that can be run, or faulted.</summary>
    HandlerFault = 0x01,

    /// <summary>address (8), <see cref="FaultKind"/> Read, Write or Execute (8).</summary>
    MemFault = 0x02,

    /// <summary>
    /// segment (8), offset (8), 0 read or 1 execute and in bits 8-15 how many bytes, 0 for a page
    /// (8).
    /// </summary>
    ReadBackedAms = 0x33,

    /// <summary>segment (8), offset (8), how many bytes (8), data (8).</summary>
    WriteBackedAms = 0x34,

    /// <summary>
    /// sender (8), segment (8), command (8), <see cref="ShareForm"/> (bits 0-7) and
    /// <see cref="SharingMode"/> (bits 8-15) (8).
    /// </summary>
    RecvSharedAms = 0x35,

    /// <summary>segment (8), <see cref="UnshareReason"/> (8), the process it is about (8).
    /// </summary>
    UnsharedAms = 0x37,

    /// <summary>nothing: a wish that it ends.</summary>
    Terminate = 0x4E,

    /// <summary>ms (8): it is ended when they have passed.</summary>
    WillTerminate = 0x4F,
}
