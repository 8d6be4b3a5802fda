namespace MemOS.Memory.WriteXorExecute;

/// <summary>How the hand-over of a frame from writable to executable or constant went.</summary>
public enum HandOver : byte
{
    /// <summary>No one can write to the frame from now on.</summary>
    Done = 0,

    /// <summary>
    /// Some address space still maps the frame in a way that the change rules out.
    /// </summary>
    StillMapped,

    /// <summary>Memory to take the kernel's own way of writing away ran out.</summary>
    OutOfMemory,

    /// <summary>
    /// The frame is not data: a page table, the kernel's, or part of a large frame.
    /// </summary>
    Refused,
}
