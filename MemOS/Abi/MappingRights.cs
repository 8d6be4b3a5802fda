using System;

namespace MemOS.Abi;

/// <summary>What MAP_AMS maps with, within what the caller was given.</summary>
/// <remarks>Write with Execute is error 0x02, here and everywhere.</remarks>
[Flags]
public enum MappingRights : byte
{
    /// <summary>
    /// All that was given; the owner gets what the pages are for: to write, to read or to run.
    /// </summary>
    All = 0,

    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Write it; brings Read with it.</summary>
    Write = 2,

    /// <summary>Read and write it.</summary>
    ReadWrite = Read | Write,

    /// <summary>Run it; makes the segment code for good.</summary>
    Execute = 4,

    /// <summary>With Write: what is written becomes the caller's own.</summary>
    CopyOnWrite = 8,
}
