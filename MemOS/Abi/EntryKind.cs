namespace MemOS.Abi;

/// <summary>What brought the processor into the kernel.</summary>
public enum EntryKind : byte
{
    /// <summary>A system call; the number is its code.</summary>
    SystemCall = 0,

    /// <summary>An exception of a program; the number is its vector.</summary>
    Exception = 1,

    /// <summary>A device's interrupt; the number is its vector.</summary>
    Interrupt = 2,

    /// <summary>The next piece of what was begun before; the number is 0.</summary>
    Piece = 3,

    /// <summary>
    /// A slice of a collection of the kernel's garbage and a part of the screen; the number is 0.
    /// </summary>
    OwnWork = 4,
}
