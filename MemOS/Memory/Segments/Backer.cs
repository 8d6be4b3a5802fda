namespace MemOS.Memory.Segments;

/// <summary>
/// Who supplies what is behind a <see cref="BackedSegment{TMemory}"/>. The memory manager only
/// keeps it: who that is, and how to ask, is the matter of whoever makes the segment.
/// </summary>
public abstract class Backer;
