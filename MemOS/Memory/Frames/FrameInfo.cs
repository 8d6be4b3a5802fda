namespace MemOS.Memory.Frames;

/// <summary>
/// What is known of a 4 KB frame, in 12 bytes. Zero means a free frame that holds unknown data.
/// For a large frame the record of its first small frame counts.
/// </summary>
public struct FrameInfo
{
    /// <summary>
    /// In use: the leaf entries that map the frame; for a page table, the entries that point to
    /// it. Free: the next frame of the list it is in (number + 1), or 0.
    /// </summary>
    internal uint MapsOrLink;

    /// <summary>Whose data the frame holds, by <see cref="FrameOwner"/>.</summary>
    internal uint Owner;

    /// <summary>
    /// How many segments hold the frame whether it is mapped or not; for a page table, its entries
    /// in use.
    /// </summary>
    internal ushort HoldsOrEntries;

    /// <summary>What the frame is used for.</summary>
    internal FrameState State;

    /// <summary>Whether the frame stands alone, leads 2 MB, or is part of a large one.</summary>
    internal FrameExtent Extent;
}
