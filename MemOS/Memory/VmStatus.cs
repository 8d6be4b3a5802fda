namespace MemOS.Memory;

/// <summary>How a change of an address space went. Anything but Done has changed nothing.</summary>
public enum VmStatus : byte
{
    /// <summary>It is done.</summary>
    Done = 0,

    /// <summary>There is not enough RAM that is not promised to others.</summary>
    OutOfMemory,

    /// <summary>A limit of the job is reached.</summary>
    OverLimit,

    /// <summary>No gap in the address space is large enough.</summary>
    NoSpace,

    /// <summary>The start is not the start of a page.</summary>
    Unaligned,

    /// <summary>The start lies outside of what a program can have.</summary>
    StartOutOfRange,

    /// <summary>The end lies outside of what a program can have.</summary>
    EndOutOfRange,

    /// <summary>A page was not allocated: it is unmapped, or mapped in another way.</summary>
    NotAllocated,

    /// <summary>Frames and rights do not go together: see FrameRule.</summary>
    Refused,

    /// <summary>A page is part of a segment that was made of it.</summary>
    Shared,

    /// <summary>The segment has no such pages.</summary>
    BeyondSegment,

    /// <summary>Something is there already.</summary>
    Occupied,

    /// <summary>The segment is not mapped there.</summary>
    NotMapped,

    /// <summary>
    /// A piece is done, and there is more to do: the caller asks again in another entry.
    /// </summary>
    Unfinished,
}
