namespace MemOS.Memory.Segments;

/// <summary>
/// What someone was given of a segment. It keeps the segment as long as it lasts.
/// </summary>
/// <param name="Rights">What the mappings of whoever has it can have at most.</param>
/// <param name="Mode">Mutual or CopyOnWrite.</param>
public readonly record struct SegmentShare(PageRights Rights, MappingMode Mode)
{
    /// <summary>Whether it lets one write what others see.</summary>
    internal bool WritesFrames => Rights.CanWrite && Mode != MappingMode.CopyOnWrite;
}
