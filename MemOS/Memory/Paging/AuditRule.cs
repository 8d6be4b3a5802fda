namespace MemOS.Memory.Paging;

/// <summary>The invariants that <see cref="PageTableAudit"/> checks.</summary>
public enum AuditRule : byte
{
    /// <summary>All of them hold.</summary>
    Sound = 0,

    /// <summary>Each page table is reached from one entry, or is one root.</summary>
    TableReachedOnce,

    /// <summary>A table's record tells how many of its entries are in use.</summary>
    EntriesCounted,

    /// <summary>Every space has the kernel's entries in its upper half.</summary>
    KernelHalfShared,

    /// <summary>
    /// Ring 3 passes through the entries of the user half, and through no others.
    /// </summary>
    HalvesApart,

    /// <summary>No frame can be both written and executed, through any mapping.</summary>
    WriteXorExecute,

    /// <summary>A frame's record tells how many entries map it.</summary>
    MappingsCounted,

    /// <summary>What is in use is mapped or held by someone.</summary>
    NothingLeaked,

    /// <summary>The allocator counts the free frames right.</summary>
    FreeCounted,
}
