namespace MemOS.Memory.Addresses;

/// <summary>The two halves of every address space.</summary>
public enum SpaceHalf : byte
{
    /// <summary>The lower half: each program's own, reachable from ring 3.</summary>
    User = 0,

    /// <summary>The upper half: the kernel's, the same in all spaces, for ring 0 alone.</summary>
    Kernel = 1,
}
