namespace MemOS.Memory.AddressSpaces;

/// <summary>The invariants of an address space: see <see cref="SpaceAudit{TMemory}"/>.</summary>
public enum SpaceRule : byte
{
    /// <summary>All of them hold.</summary>
    Sound = 0,

    /// <summary>Regions have pages, do not overlap and lie within the bounds.</summary>
    RegionsApart,

    /// <summary>The tree's links, order, weights, gaps and count are right.</summary>
    TreeInShape,

    /// <summary>All that is mapped lies in a region whose pages come from somewhere.</summary>
    MappedInRegions,

    /// <summary>The table that was gone down to last is where it was found.</summary>
    TableRecalled,

    /// <summary>A mapped page has the rights of its region.</summary>
    RightsOfRegion,

    /// <summary>A page of a mapping is the segment's, or a copy that it has written.</summary>
    PagesOfSegment,

    /// <summary>
    /// Each page of a demand region is there or its frame is kept, and so is each copy.
    /// </summary>
    PagesPromised,

    /// <summary>Each page table that regions can need is there or its frame is kept.</summary>
    TablesPromised,
}
