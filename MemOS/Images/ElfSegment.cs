using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Images;

/// <summary>
/// A part of a program that is loaded: whole pages with the same rights, shared with no other
/// segment. The file's bytes start somewhere in the first page; all else in the pages is zero.
/// </summary>
public readonly record struct ElfSegment
{
    private readonly FileRange _file;
    private readonly int _memoryBytes;

    private ElfSegment(in ProgramHeader header, PageRights rights, FileRange file)
    {
        Offset = PageCount.Of(header.Address / PageSizes.SmallBytes);
        OffsetInPage = (int)(header.Address % PageSizes.SmallBytes);
        Pages = PageCount.ForBytes((ulong)OffsetInPage + header.MemoryBytes);
        Rights = rights;
        _file = file;
        _memoryBytes = (int)header.MemoryBytes;
    }

    /// <summary>Pages from the image's base to the segment's first page.</summary>
    public PageCount Offset { get; }

    /// <summary>How many pages; at least one.</summary>
    public PageCount Pages { get; }

    /// <summary>Read, ReadExecute or ReadWrite.</summary>
    public PageRights Rights { get; }

    /// <summary>Bytes from the file's start to the segment's part; 0 if it has none.</summary>
    public int FileOffset => _file.Start;

    /// <summary>Bytes that the file has for the segment.</summary>
    public int FileBytes => _file.Bytes;

    /// <summary>Bytes from the start of the first page to where the file's bytes go.</summary>
    public int OffsetInPage { get; }

    /// <summary>Pages from the image's base to just past the segment.</summary>
    internal PageCount End => Offset + Pages;

    internal FileRange File => _file;

    private ulong Start => Offset.Bytes + (ulong)OffsetInPage;

    /// <summary>Reads a header of a segment that is to be loaded and is not empty.</summary>
    internal static ImageStatus TryCreate(
        in ProgramHeader header, int fileBytes, out ElfSegment segment)
    {
        segment = default;
        ImageStatus status = TryGetRights(header.Flags, out PageRights rights);
        if (status != ImageStatus.Good)
        {
            return status;
        }

        status = CheckPlace(header);
        if (status != ImageStatus.Good)
        {
            return status;
        }

        if (!FileRange.TryCreate(
            header.FileStart, header.FileBytes, fileBytes, out FileRange range))
        {
            return ImageStatus.SegmentBeyondEnd;
        }

        segment = new ElfSegment(header, rights, range);
        return ImageStatus.Good;
    }

    /// <summary>Whether bytes lie in the segment; those that only pad a page do not.</summary>
    /// <param name="offset">Bytes from the image's base; any number.</param>
    /// <param name="bytes">How many; any number.</param>
    internal bool Contains(ulong offset, ulong bytes) =>
        offset >= Start && bytes <= (ulong)_memoryBytes
        && offset - Start <= (ulong)_memoryBytes - bytes;

    /// <summary>Where in the file bytes of the segment are, if the file has all of them.</summary>
    internal bool TryFindInFile(ulong offset, ulong bytes, out FileRange range) =>
        FileRange.TryCreate(
            (ulong)FileOffset + (ulong)Distance(offset), bytes, _file.End, out range);

    /// <summary>Bytes from the segment's first byte to one that it contains.</summary>
    internal int Distance(ulong offset) => (int)(offset - Start);

    private static ImageStatus TryGetRights(SegmentFlags flags, out PageRights rights)
    {
        const SegmentFlags All = SegmentFlags.Read | SegmentFlags.Write | SegmentFlags.Execute;
        bool isWritten = (flags & SegmentFlags.Write) != 0;
        bool isExecuted = (flags & SegmentFlags.Execute) != 0;

        // The gABI lets a system add reading to the other two.
        rights = isWritten ? PageRights.ReadWrite
            : isExecuted ? PageRights.ReadExecute : PageRights.Read;
        if (flags == SegmentFlags.None || (flags & ~All) != 0)
        {
            return ImageStatus.BadRights;
        }

        return isWritten && isExecuted ? ImageStatus.WritableAndExecutable : ImageStatus.Good;
    }

    private static ImageStatus CheckPlace(in ProgramHeader header)
    {
        if (header.Alignment != PageSizes.SmallBytes)
        {
            return ImageStatus.BadAlignment;
        }

        if ((header.Address - header.FileStart) % PageSizes.SmallBytes != 0)
        {
            return ImageStatus.NotCongruent;
        }

        if (header.FileBytes > header.MemoryBytes)
        {
            return ImageStatus.FileLargerThanMemory;
        }

        return header.MemoryBytes > ElfImage.MostBytes
            || header.Address > ElfImage.MostBytes - header.MemoryBytes
                ? ImageStatus.TooLarge
                : ImageStatus.Good;
    }
}
