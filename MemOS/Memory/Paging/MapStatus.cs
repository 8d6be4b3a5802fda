namespace MemOS.Memory.Paging;

/// <summary>How an attempt to map a page went. Anything but Mapped has changed nothing.</summary>
public enum MapStatus : byte
{
    /// <summary>The page is mapped.</summary>
    Mapped = 0,

    /// <summary>Something is mapped there already: another thread came first, or a bug.</summary>
    AlreadyMapped,

    /// <summary>There was no frame for a page table.</summary>
    OutOfMemory,

    /// <summary>The frame must not be mapped with these rights: see FrameRule.</summary>
    Refused,
}
