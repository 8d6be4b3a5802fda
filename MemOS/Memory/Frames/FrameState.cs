namespace MemOS.Memory.Frames;

/// <summary>What a frame is used for. The moves between states are in <c>FrameRule</c>.</summary>
public enum FrameState : byte
{
    /// <summary>Not in use.</summary>
    Free = 0,

    /// <summary>Not RAM, or RAM kept from the allocator.</summary>
    Absent = 1,

    /// <summary>The kernel's own data.</summary>
    Kernel = 2,

    /// <summary>A page table.</summary>
    PageTable = 3,

    /// <summary>Data that some mapping may write. Never mapped executable.</summary>
    Writable = 4,

    /// <summary>Constant: no one may write or execute it.</summary>
    ReadOnly = 5,

    /// <summary>Code: no one may write it.</summary>
    Executable = 6,
}
