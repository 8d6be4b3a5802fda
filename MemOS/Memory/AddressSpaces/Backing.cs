namespace MemOS.Memory.AddressSpaces;

/// <summary>Where the pages of a region come from.</summary>
public enum Backing : byte
{
    /// <summary>Nowhere: any access is refused. A guard.</summary>
    None = 0,

    /// <summary>
    /// Frames of its own, given at the first touch; may hold what this space left in them.
    /// </summary>
    Demand,

    /// <summary>Frames of its own, given at the first touch and zeroed.</summary>
    DemandZero,

    /// <summary>Frames of its own, filled at the first touch: see PageOrigin.</summary>
    DemandFilled,

    /// <summary>Frames that are held elsewhere, mapped from the beginning.</summary>
    Shared,

    /// <summary>A segment's: the region is a SegmentRegion.</summary>
    Segment,
}
