namespace MemOS.Memory.WriteXorExecute;

/// <summary>Whether the kernel's own way of writing to a frame was taken away.</summary>
internal enum Sealing : byte
{
    /// <summary>The kernel can write to it through its map of all RAM.</summary>
    Open = 0,

    /// <summary>No one can write to it.</summary>
    Sealed = 1,
}
