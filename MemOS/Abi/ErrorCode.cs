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

    /// <summary>
    /// A pointer to memory that the process may not use so; or authority that its job lacks.
    /// </summary>
    NotPermitted = 0x04,

    /// <summary>MEM_ALLOC: rights that no memory can have.</summary>
    BadRights = 0x10,

    /// <summary>
    /// MEM_FREE, VIRT_MEM_AMS, MAP_AMS, DEVICE_AMS: an address or offset is not the start of a
    /// page. WAIT_WORD, WAKE_WORD: the address is no multiple of four.
    /// </summary>
    Unaligned = 0x10,

    /// <summary>HANDLE_SIGNAL and its like: there is no such signal.</summary>
    UnknownSignal = 0x10,

    /// <summary>SHARE_AMS: a notice that does not exist.</summary>
    BadNotice = 0x10,

    /// <summary>UNMAP_AMS: the caller has no such segment.</summary>
    UnknownMapped = 0x10,

    /// <summary>BACKED_AMS: a mode that does not exist.</summary>
    BadService = 0x10,

    /// <summary>CREATE_JOB, SET_JOB_LIMITS: a limit above that of the job above.</summary>
    BeyondParent = 0x10,

    /// <summary>VIRT_MEM_AMS, MAP_AMS, DEVICE_AMS: a length is not one of whole pages.</summary>
    UnalignedLength = 0x11,

    /// <summary>
    /// BACKED_AMS: a length that is not one of whole pages, is 0, or more than a process can map.
    /// </summary>
    BadLength = 0x11,

    /// <summary>SHARE_AMS: a mode that does not exist, or rights that no one can have.</summary>
    BadMode = 0x11,

    /// <summary>
    /// SHARE_AMS: the segment cannot be handed over: it was not made of the caller's own pages,
    /// others have it too, or the caller would keep its pages.
    /// </summary>
    NotExclusive = 0x12,

    /// <summary>DEVICE_AMS: no bytes.</summary>
    Empty = 0x12,

    /// <summary>SHARE_AMS: no rights at all.</summary>
    NoRights = 0x20,

    /// <summary>SHARE_AMS: rights where none are given, as all go over.</summary>
    NeedlessRights = 0x21,

    /// <summary>UNSHARE_AMS: what was handed over cannot be taken back.</summary>
    HandedOver = 0x21,

    /// <summary>There is no such process, child, program or job.</summary>
    NotFound = 0x30,

    /// <summary>UNHANDLE_SIGNAL: it has no handler. SIGNAL_DONE: none runs.</summary>
    NoHandler = 0x30,

    /// <summary>READY: the process is already.</summary>
    AlreadyReady = 0x30,

    /// <summary>WAIT_WORD: the word is not what is expected.</summary>
    WordChanged = 0x30,

    /// <summary>SHARE_AMS to MAP_AMS: the caller has no such segment.</summary>
    UnknownSegment = 0x30,

    /// <summary>VIRT_MEM_AMS: not all of it is the caller's own allocation.</summary>
    NotOwn = 0x30,

    /// <summary>UNMAP_AMS: the caller does not map it there.</summary>
    NotMapped = 0x30,

    /// <summary>DEVICE_AMS: the caller may not drive the device.</summary>
    NotDrivable = 0x30,

    /// <summary>
    /// SHARE_AMS: there is no such process, it has ended, or it takes none from the caller.
    /// </summary>
    NoReceiver = 0x31,

    /// <summary>MAP_AMS: the segment has no such part.</summary>
    BeyondSegment = 0x31,

    /// <summary>DEVICE_AMS: there is no such device.</summary>
    UnknownDevice = 0x31,

    /// <summary>SPAWN: the caller may not drive a device that it names.</summary>
    ForeignDevice = 0x31,

    /// <summary>SPAWN: neither the caller's job nor below it.</summary>
    UnknownJob = 0x32,

    /// <summary>SHARE_AMS: the receiver has the segment already.</summary>
    AlreadyShared = 0x32,

    /// <summary>UNSHARE_AMS: the caller did not share it with that process.</summary>
    NotShared = 0x32,

    /// <summary>MAP_AMS: the place is outside of what a process can have.</summary>
    BeyondSpace = 0x32,

    /// <summary>DEVICE_AMS: the device has no memory that can be mapped.</summary>
    NoDeviceMemory = 0x32,

    /// <summary>MAP_AMS: something is mapped there already.</summary>
    Occupied = 0x33,

    /// <summary>DEVICE_AMS: the bytes do not lie in one window of the device.</summary>
    BeyondDevice = 0x33,

    /// <summary>DEVICE_AMS: the place to map at is taken or no place for a process.</summary>
    BadPlace = 0x34,

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
    /// there yet; or a limit of the caller's job is reached. SHARE_AMS: or the receiver has been
    /// given too many.
    /// </summary>
    NoMemory = 0x40,

    /// <summary>
    /// SPAWN: the program's file is not one that can be loaded; the log says why.
    /// </summary>
    BadProgram = 0x41,

    /// <summary>
    /// WAIT_CHILD_PROCESS: the child was still running when the time had passed. WAIT_WORD: nobody
    /// has woken the caller. WAIT_JOB: a process was left.
    /// </summary>
    TimedOut = 0x42,
}
