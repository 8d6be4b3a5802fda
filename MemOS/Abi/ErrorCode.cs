namespace MemOS.Abi;

/// <summary>
/// Why a system call failed. From 0x10 up a number means something for its call alone, so that
/// several names may share it; a failed call has changed nothing.
/// </summary>
public enum ErrorCode : byte
{
    /// <summary>It did not.</summary>
    None = 0x00,

    /// <summary>No such system call, or no such numbering.</summary>
    NoSuchSyscall = 0x01,

    /// <summary>An argument that no call can take.</summary>
    InvalidArgument = 0x02,

    /// <summary>A pointer to memory that is not mapped; also the block itself.</summary>
    BadPointer = 0x03,

    /// <summary>A pointer to memory that the process may not use so.</summary>
    NotPermitted = 0x04,

    /// <summary>MEM_ALLOC: rights that no memory can have.</summary>
    BadRights = 0x10,

    /// <summary>
    /// MEM_FREE: the start is not the start of a page. WAIT_WORD, WAKE_WORD: the address is no
    /// multiple of four.
    /// </summary>
    Unaligned = 0x10,

    /// <summary>HANDLE_SIGNAL and its like: there is no such signal.</summary>
    UnknownSignal = 0x10,

    /// <summary>There is no such process, child or program.</summary>
    NotFound = 0x30,

    /// <summary>UNHANDLE_SIGNAL: it has no handler. SIGNAL_DONE: none runs.</summary>
    NoHandler = 0x30,

    /// <summary>READY: the process is already.</summary>
    AlreadyReady = 0x30,

    /// <summary>WAIT_WORD: the word is not what is expected.</summary>
    WordChanged = 0x30,

    /// <summary>MEM_FREE: the start is outside of what a process can have.</summary>
    StartOutOfRange = 0x30,

    /// <summary>MEM_FREE: the end is outside of what a process can have.</summary>
    EndOutOfRange = 0x31,

    /// <summary>MEM_FREE: a page was not allocated.</summary>
    NotAllocated = 0x32,

    /// <summary>MEM_FREE: a page is shared.</summary>
    Shared = 0x33,

    /// <summary>
    /// There is no memory, or no room in the address space; also where a buffer's page is not
    /// there yet.
    /// </summary>
    NoMemory = 0x40,

    /// <summary>
    /// SPAWN: the program's file is not one that can be loaded; the log says why.
    /// </summary>
    BadProgram = 0x41,

    /// <summary>
    /// WAIT_CHILD_PROCESS: the child was still running when the time had passed. WAIT_WORD: nobody
    /// has woken the caller.
    /// </summary>
    TimedOut = 0x42,
}
