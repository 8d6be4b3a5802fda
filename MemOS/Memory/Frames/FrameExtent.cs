namespace MemOS.Memory.Frames;

/// <summary>How the record of a frame relates to a large frame.</summary>
public enum FrameExtent : byte
{
    /// <summary>A 4 KB frame by itself.</summary>
    Small = 0,

    /// <summary>The first of the 512 frames of a large frame: its record counts for all.</summary>
    Large = 1,

    /// <summary>Mapped as a small page, yet part of a large frame: see the group's first.</summary>
    Part = 2,
}
