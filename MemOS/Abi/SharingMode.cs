using System;

namespace MemOS.Abi;

/// <summary>How SHARE_AMS shares: rights in the order of the specification.</summary>
/// <remarks>
/// Mutual: Read, Write, Execute, of which at least one, and CopyOnWrite; not Write with Execute,
/// not CopyOnWrite with Execute. Exclusive: Exclusive alone, or with Unmap.
/// </remarks>
[Flags]
public enum SharingMode : byte
{
    /// <summary>Nothing: error 0x20.</summary>
    None = 0,

    /// <summary>The receiver may run it.</summary>
    Execute = 1,

    /// <summary>With Exclusive: the giver's pages are unmapped.</summary>
    Unmap = 1,

    /// <summary>The receiver may write it.</summary>
    Write = 2,

    /// <summary>The receiver may read it.</summary>
    Read = 4,

    /// <summary>What the receiver writes becomes its own, a page at a time.</summary>
    CopyOnWrite = 8,

    /// <summary>The segment goes over to the receiver for good.</summary>
    Exclusive = 0x80,
}
