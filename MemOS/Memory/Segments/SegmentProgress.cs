namespace MemOS.Memory.Segments;

/// <summary>How far an audit of a segment has come; the default is its beginning.</summary>
public struct SegmentProgress
{
    /// <summary>Whether a rule is broken.</summary>
    public bool IsBroken { get; internal set; }

    /// <summary>The index that comes next.</summary>
    internal ulong Next { get; set; }

    /// <summary>Small pages that were met.</summary>
    internal ulong Resident { get; set; }
}
