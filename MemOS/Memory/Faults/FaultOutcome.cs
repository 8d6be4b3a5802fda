namespace MemOS.Memory.Faults;

/// <summary>What comes of a page fault.</summary>
public enum FaultOutcome : byte
{
    /// <summary>The access can be done now.</summary>
    Resumed = 0,

    /// <summary>The program has no such memory, or may not use it so.</summary>
    Denied,

    /// <summary>There is no memory for the page.</summary>
    OutOfMemory,

    /// <summary>
    /// The page has to be supplied first, by the backer of the segment that the region maps; then
    /// the access is to be tried again.
    /// </summary>
    Parked,

    /// <summary>
    /// There will be no page: the backer of the segment serves the access itself.
    /// </summary>
    Served,

    /// <summary>
    /// A piece of what has to be done is done, and the access is to be tried again.
    /// </summary>
    Unfinished,
}
