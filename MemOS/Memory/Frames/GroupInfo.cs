namespace MemOS.Memory.Frames;

/// <summary>
/// What is known of a 2 MB group: 20 bytes, so 0.04 bytes a frame. Zero means a group without RAM.
/// </summary>
public struct GroupInfo
{
    /// <summary>The next group in the list this one is in: its number + 1, or 0.</summary>
    internal uint Next;

    /// <summary>The previous group in the list this one is in: its number + 1, or 0.</summary>
    internal uint Previous;

    /// <summary>
    /// Whose data lies in the frames that were not handed out since, by FrameOwner.
    /// </summary>
    internal uint FreshOwner;

    /// <summary>How many frames of the group are RAM: 0 to 512.</summary>
    internal ushort Capacity;

    /// <summary>How many frames are in the group's own free list or fresh.</summary>
    internal ushort Free;

    /// <summary>
    /// Frames from this index up were not handed out since the group was last whole.
    /// </summary>
    internal ushort Fresh;

    /// <summary>The first frame of the free list: its index in the group + 1, or 0.</summary>
    internal ushort FirstFree;
}
