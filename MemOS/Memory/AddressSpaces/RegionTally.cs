namespace MemOS.Memory.AddressSpaces;

/// <summary>What an audit has met of a region so far, in small pages and frames.</summary>
internal struct RegionTally
{
    /// <summary>Pages that are mapped to RAM.</summary>
    internal ulong Resident;

    /// <summary>
    /// Frames of a mapping that are the space's own: of copies, and of pages to be taken over.
    /// </summary>
    internal ulong Own;

    /// <summary>Pages of a mapping that are the segment's.</summary>
    internal ulong Shared;
}
