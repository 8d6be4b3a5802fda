namespace IL2CPU.Elf;

/// <summary>A segment of an image.</summary>
internal sealed record ElfSegment(
    SegmentKind Kind, SegmentFlags Flags, ulong FileStart, ulong Address, ulong FileBytes,
    ulong MemoryBytes)
{
    /// <summary>Whether a section stands in it.</summary>
    internal bool Holds(ElfSection section) =>
        section.Address >= Address
        && section.Address + section.Size <= Address + MemoryBytes;
}
