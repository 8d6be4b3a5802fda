using System;
using MemOS.Images;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>What of a segment's bytes in the file goes to one of its pages.</summary>
/// <param name="Start">The first byte, in the segment's part of the file.</param>
/// <param name="Length">How many; 0 where the page is all zeros.</param>
/// <param name="OffsetInPage">Where in the page they go.</param>
internal readonly record struct PagePart(int Start, int Length, int OffsetInPage)
{
    /// <summary>The part for a page.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="fileBytes">Bytes that the file has for it.</param>
    /// <param name="page">The page's number in the segment, from 0.</param>
    internal static PagePart Of(in ElfSegment segment, int fileBytes, int page)
    {
        int pageStart = page * PageSizes.SmallBytes;
        int offset = page == 0 ? segment.OffsetInPage : 0;
        int start = Math.Clamp(pageStart + offset - segment.OffsetInPage, 0, fileBytes);
        int end = Math.Clamp(
            pageStart + PageSizes.SmallBytes - segment.OffsetInPage, 0, fileBytes);
        return new PagePart(start, end - start, offset);
    }
}
