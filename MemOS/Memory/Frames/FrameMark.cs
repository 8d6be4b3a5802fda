namespace MemOS.Memory.Frames;

/// <summary>
/// What an audit has met of a frame so far, in 8 bytes beside its record; it means nothing at
/// other times. So an audit needs no memory of its own, however much there is to count.
/// </summary>
public struct FrameMark
{
    /// <summary>
    /// The entries that map the frame, or point to it if it is a page table. The first frame of a
    /// large one counts for all of its parts.
    /// </summary>
    internal uint Entries;

    /// <summary>
    /// What the frame was when it was first met: for a page table, by which way that was; for a
    /// page of a space's own, anything but 0. A part of a large frame has one of its own.
    /// </summary>
    internal uint First;
}
