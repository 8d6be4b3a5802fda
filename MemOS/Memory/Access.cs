using System;

namespace MemOS.Memory;

/// <summary>
/// What is done to memory. A fault names one; a wish for rights may join several.
/// </summary>
[Flags]
public enum Access : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A load.</summary>
    Read = 1,

    /// <summary>A store.</summary>
    Write = 2,

    /// <summary>An instruction fetch.</summary>
    Execute = 4,
}
