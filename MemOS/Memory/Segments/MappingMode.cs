namespace MemOS.Memory.Segments;

/// <summary>How a mapping relates to its segment.</summary>
public enum MappingMode : byte
{
    /// <summary>All see what anyone writes.</summary>
    Mutual = 0,

    /// <summary>The pages that the segment was made of; else as Mutual.</summary>
    Original,

    /// <summary>What is written becomes the writer's own, a page at a time.</summary>
    CopyOnWrite,
}
