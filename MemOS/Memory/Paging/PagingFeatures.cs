using System;

namespace MemOS.Memory.Paging;

/// <summary>What the processor can do beyond what MemOS requires of it.</summary>
[Flags]
public enum PagingFeatures : byte
{
    /// <summary>Only what is required: four levels, NX, 2 MB pages, global pages.</summary>
    None = 0,

    /// <summary>Protection keys for user pages: execute-only is real.</summary>
    ProtectionKeys = 1,
}
