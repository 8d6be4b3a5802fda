namespace MemOS.Memory.Paging;

/// <summary>The invariants that <see cref="PageTableAudit{TMemory}"/> checks.</summary>
public enum AuditRule : byte
{
    /// <summary>All of them hold.</summary>
    Sound = 0,

    /// <summary>
    /// A table's record tells how many entries point to it, all at the same place; where there are
    /// several, writes come through none.
    /// </summary>
    TablesCounted,

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

    /// <summary>
    /// A page of a space's own that others map too can be written by none of them.
    /// </summary>
    CopiedBeforeWritten,

    /// <summary>What spaces that forked have together is counted right.</summary>
    FamilyCounted,

    /// <summary>What is in use is mapped or held by someone.</summary>
    NothingLeaked,

    /// <summary>The allocator counts the free frames right.</summary>
    FreeCounted,
}
