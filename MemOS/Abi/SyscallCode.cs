namespace MemOS.Abi;

/// <summary>
/// System calls by their number: "arguments (bytes): values". A buffer is an address (8) and a
/// length (8). From 0xE0 up the calls are MemOS's own.
/// </summary>
public enum SyscallCode : byte
{
    /// <summary><see cref="SignalCode"/> (1), handler's address (8): nothing.</summary>
    HandleSignal = 0x01,

    /// <summary><see cref="SignalCode"/> (1): nothing.</summary>
    UnhandleSignal = 0x02,

    /// <summary><see cref="SignalCode"/> (1): 1 if there is a handler, else 0.</summary>
    IsSignalHandled = 0x03,

    /// <summary>nothing: nothing; signals come from now on.</summary>
    Ready = 0x04,

    /// <summary>
    /// <see cref="BackerAnswer"/> (1), page or value (8); leaves a handler: what it interrupted
    /// goes on. The arguments are a backer's; to other handlers they mean nothing.
    /// </summary>
    SignalDone = 0x05,

    /// <summary>
    /// size (8), <see cref="MemoryRights"/> (1), <see cref="Abi.ZeroFirst"/> (1): address.
    /// </summary>
    MemAlloc = 0x30,

    /// <summary>start (8), pages (8).</summary>
    MemFree = 0x31,

    /// <summary>first page (8), bytes (8): the segment's number.</summary>
    VirtMemAms = 0x40,

    /// <summary>bytes (8), <see cref="BackingMode"/> (1): the segment's number.</summary>
    BackedAms = 0x41,

    /// <summary>
    /// process (8), segment (8), command (2), <see cref="ShareNotice"/> (1),
    /// <see cref="SharingMode"/> (1).
    /// </summary>
    ShareAms = 0x42,

    /// <summary>
    /// segment (8): who gave it, who has it, <see cref="ShareForm"/>, where the caller maps it (0
    /// if nowhere), its size in bytes, command (bits 0-15) and <see cref="SharingMode"/> (16-23).
    /// </summary>
    AmsSharingInfo = 0x43,

    /// <summary>segment (8), process or 0 for all (8).</summary>
    UnshareAms = 0x44,

    /// <summary>
    /// segment (8), offset in bytes (8), address or 0 and length in bytes (16),
    /// <see cref="MappingRights"/> (1): address.
    /// </summary>
    MapAms = 0x45,

    /// <summary>segment (8), address or 0 for all (8).</summary>
    UnmapAms = 0x46,

    /// <summary>
    /// data (8): the child's number, 0 in the caller and 1 in the child, the data. The child is a
    /// copy of the caller, and what either of the two writes is its own from then on.
    /// </summary>
    CreateProcess = 0x50,

    /// <summary>
    /// child (8), timeout in ms (2): exit data, <see cref="EndReason"/>, <see cref="FaultKind"/>.
    /// After a fault the data is its address (the instruction's, if no address was involved).
    /// </summary>
    WaitChildProcess = 0x51,

    /// <summary>
    /// child (8), timeout in ms (2), which it has to end by itself: the same.
    /// </summary>
    KillChildProcess = 0x52,

    /// <summary>nothing: the caller's number.</summary>
    GetPid = 0x53,

    /// <summary>nothing: nothing; ends the time slice.</summary>
    HandOver = 0x56,

    /// <summary>exit data (8); does not return.</summary>
    Exit = 0x5F,

    /// <summary>
    /// data (8), top of the new thread's stack (8): thread, 0 for the caller or 1 for the new one,
    /// data. Both go on behind the call.
    /// </summary>
    CreateThread = 0x60,

    /// <summary>address of four bytes (8), expected (4), timeout in ms (4): nothing.</summary>
    WaitWord = 0x61,

    /// <summary>address of four bytes (8), how many at most (4): how many threads woke.</summary>
    WakeWord = 0x62,

    /// <summary>exit data (4); does not return.</summary>
    ExitThread = 0x6F,

    /// <summary>
    /// device (8), start in its memory (8), bytes (8), address to map at or 0 (8): the segment's
    /// number.
    /// </summary>
    DeviceAms = 0x73,

    /// <summary>
    /// buffer of a <see cref="ResourceRecord"/>, its limits, or empty; <see cref="Authority"/> (2),
    /// weight (2; 0 for the usual one): the number of a new job, below the caller's.
    /// </summary>
    CreateJob = 0xD0,

    /// <summary>
    /// job, or 0 for the caller's (8), buffer for a <see cref="JobRecord"/>: nothing.
    /// </summary>
    JobInfo = 0xD1,

    /// <summary>
    /// buffer of <see cref="JobRecord"/>s: how many there are below the caller's; fills what fits,
    /// each before those below it.
    /// </summary>
    ListJobs = 0xD2,

    /// <summary>
    /// job (8), buffer of a <see cref="ResourceRecord"/>, its limits, or empty for none of its own;
    /// weight (2; 0 leaves it): nothing.
    /// </summary>
    SetJobLimits = 0xD3,

    /// <summary>
    /// job (8), timeout in ms (4), in which its processes may end by themselves: nothing.
    /// </summary>
    EndJob = 0xD4,

    /// <summary>
    /// job (8), timeout in ms (4; -1 for ever): nothing, when no process is left in it.
    /// </summary>
    WaitJob = 0xD5,

    /// <summary>job, or 0 for the caller's (8): nothing; it has the console.</summary>
    SetForeground = 0xD6,

    /// <summary>nothing: nothing; Ctrl-C does not end the caller.</summary>
    KeepRunning = 0xD7,

    /// <summary>buffer of UTF-8 and escape sequences: nothing.</summary>
    ConsoleWrite = 0xE0,

    /// <summary>
    /// buffer, timeout in ms (4; -1 for ever): bytes read, at least 1; 0 when the time has passed.
    /// </summary>
    ConsoleRead = 0xE1,

    /// <summary>
    /// buffer of the program's name, buffer of arguments (each ended by a zero byte), priority (1;
    /// 0 for the caller's own), buffer of devices that it may drive (8 each), job that it is in, or
    /// 0 for the caller's (8): the child's number.
    /// The child begins with RDI = address of the arguments, RSI = their length, RSP = top of its
    /// stack, 16-aligned.
    /// </summary>
    Spawn = 0xE2,

    /// <summary>nothing: nanoseconds since the start, nanoseconds since 1970 (UTC).</summary>
    ReadClock = 0xE3,

    /// <summary>
    /// buffer of <see cref="ProcessRecord"/>s: how many there are; fills what fits.
    /// </summary>
    ListProcesses = 0xE4,

    /// <summary>
    /// process (8), buffer of <see cref="RegionRecord"/>s: how many there are; fills what fits, in
    /// the order of addresses.
    /// </summary>
    ListRegions = 0xE5,

    /// <summary>buffer: length of the text, the newest part of the log that fits.</summary>
    ReadLog = 0xE6,

    /// <summary>nothing: bytes of RAM; bytes free, of the kernel, of programs: the rest.</summary>
    CountMemory = 0xE7,

    /// <summary><see cref="StopMode"/> (1); does not return.</summary>
    Shutdown = 0xE8,

    /// <summary>thread pointer (8): nothing; becomes the base of FS.</summary>
    SetThreadPointer = 0xE9,

    /// <summary>buffer: nothing; fills it with random bytes.</summary>
    FillRandom = 0xEA,

    /// <summary>milliseconds (4): nothing; 0 ends the time slice.</summary>
    Sleep = 0xEB,

    /// <summary>
    /// buffer: bytes of all programs' names, each ended by a zero byte; fills what fits.
    /// </summary>
    ListPrograms = 0xEC,

    /// <summary>
    /// buffer of <see cref="DeviceRecord"/>s: how many there are; fills what fits.
    /// </summary>
    ListDevices = 0xED,

    /// <summary>
    /// nothing: 1 if every invariant of the machine's memory holds, 0 if the log tells which does
    /// not.
    /// </summary>
    AuditMemory = 0xEE,

    /// <summary>
    /// buffer of <see cref="EntryRecord"/>s: how many there are; fills what fits, the longest
    /// first, and forgets all of them. Only where the kernel measures them.
    /// </summary>
    ListEntries = 0xEF,

    /// <summary>
    /// frames that can be had (8), how often the kernel's heap can be asked for room (8): nothing;
    /// all ones for no limit. Only in a kernel that was started with the word <c>oom</c>.
    /// </summary>
    LimitMemory = 0xF0,
}
