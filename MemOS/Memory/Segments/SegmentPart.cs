using MemOS.Memory.Addresses;

namespace MemOS.Memory.Segments;

/// <summary>Some pages of a segment; whether it has them is checked where they are used.</summary>
/// <param name="Offset">The first one, counted from 0.</param>
/// <param name="Count">How many.</param>
public readonly record struct SegmentPart(PageCount Offset, PageCount Count)
{
    /// <summary>Whether there are pages, and all of them lie in a segment so long.</summary>
    internal bool LiesWithin(PageCount pages) =>
        Count.Value != 0 && Offset <= pages && Count.Value <= pages.Value - Offset.Value;
}
