namespace MemOS.Memory.Segments;

/// <summary>
/// What a segment's memory is, as a whole. It moves to Executable at most, and never back.
/// </summary>
public enum SegmentState : byte
{
    /// <summary>Data: mappings may write it, none may execute it.</summary>
    Writable = 0,

    /// <summary>Constants: no mapping writes it.</summary>
    Constant,

    /// <summary>Code: no one writes it any more, the kernel included.</summary>
    Executable,
}
