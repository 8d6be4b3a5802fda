using System;
using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Images;

/// <summary>
/// A program's file: a static position-independent executable for x86-64 (System V gABI 4.1,
/// chapters 4 and 5; psABI AMD64). All that it tells was checked when it was parsed, but for its
/// relocations after <see cref="TryParseHeaders"/>: a walk over them checks each. It is read in
/// place, so the file must not change.
/// </summary>
public readonly ref struct ElfImage
{
    /// <summary>Most segments that a program may have.</summary>
    public const int MostSegments = 16;

    /// <summary>Most bytes from a program's base to its end: 1 GB.</summary>
    public const ulong MostBytes = 1ul << 30;

    private readonly ReadOnlySpan<byte> _file;
    private readonly SegmentTable _segments;
    private readonly RelocationTables _relocations;

    private ElfImage(
        ReadOnlySpan<byte> file, ulong entry, scoped in SegmentTable segments,
        scoped in RelocationTables relocations)
    {
        _file = file;
        Entry = entry;
        _segments = segments;
        _relocations = relocations;
    }

    /// <summary>Where the program starts: bytes from its base, in an executable segment.</summary>
    public ulong Entry { get; }

    /// <summary>Pages from the base to the end of the last segment, gaps included.</summary>
    public PageCount Pages => _segments.End;

    /// <summary>How many segments there are: 1 to <see cref="MostSegments"/>.</summary>
    public int SegmentCount => _segments.Count;

    /// <summary>The places that depend on where the image stands.</summary>
    public RelocationList Relocations => new(_file, _relocations, _segments);

    /// <summary>Reads and checks a file.</summary>
    /// <param name="file">Any bytes.</param>
    /// <param name="image">The image, when the answer is Good.</param>
    /// <returns>Good, or what is wrong.</returns>
    public static ImageStatus TryParse(ReadOnlySpan<byte> file, out ElfImage image)
    {
        ImageStatus status = TryParseHeaders(file, out image);
        if (status != ImageStatus.Good)
        {
            return status;
        }

        status = image.Relocations.Check();
        if (status != ImageStatus.Good)
        {
            image = default;
        }

        return status;
    }

    /// <summary>
    /// Reads and checks a file but for its relocations, of which there can be many: a walk over
    /// them says what is wrong with them.
    /// </summary>
    /// <param name="file">Any bytes.</param>
    /// <param name="image">The image, when the answer is Good.</param>
    /// <returns>Good, or what is wrong.</returns>
    public static ImageStatus TryParseHeaders(ReadOnlySpan<byte> file, out ElfImage image)
    {
        image = default;
        ImageStatus status = ElfHeader.TryRead(file, out ElfHeader header);
        if (status != ImageStatus.Good)
        {
            return status;
        }

        status = ReadHeaders(
            file, header.ProgramHeaders, out SegmentTable segments, out FileRange dynamic);
        if (status != ImageStatus.Good)
        {
            return status;
        }

        if (!segments.TryFind(header.Entry, 1, Access.Execute, out _))
        {
            return ImageStatus.EntryNotExecutable;
        }

        status = LocateRelocations(file, dynamic, segments, out RelocationTables relocations);
        if (status == ImageStatus.Good)
        {
            image = new ElfImage(file, header.Entry, segments, relocations);
        }

        return status;
    }

    /// <summary>A segment, in the order of addresses.</summary>
    /// <param name="index">Below <see cref="SegmentCount"/>.</param>
    public ElfSegment Segment(int index) => _segments[index];

    /// <summary>What the file has for a segment of this image.</summary>
    public ReadOnlySpan<byte> Content(in ElfSegment segment) => segment.File.Of(_file);

    private static ImageStatus ReadHeaders(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> headers, out SegmentTable segments,
        out FileRange dynamic)
    {
        segments = default;
        dynamic = default;
        bool hasDynamic = false;
        for (; !headers.IsEmpty; headers = headers[ProgramHeader.Bytes..])
        {
            ProgramHeader header = new(headers);
            ImageStatus status = ImageStatus.Good;
            switch (header.Type)
            {
                // A linker script's segment that nothing is in: it takes no room.
                case SegmentType.Load when header.MemoryBytes == 0 && header.FileBytes == 0:
                    break;
                case SegmentType.Load:
                    status = AddSegment(file, header, ref segments);
                    break;
                case SegmentType.Dynamic when hasDynamic:
                    return ImageStatus.SeveralDynamics;
                case SegmentType.Dynamic:
                    hasDynamic = true;
                    if (!FileRange.TryCreate(
                        header.FileStart, header.FileBytes, file.Length, out dynamic))
                    {
                        return ImageStatus.DynamicBeyondEnd;
                    }

                    break;
                case SegmentType.Interpreter:
                    return ImageStatus.NeedsInterpreter;
                case SegmentType.GnuStack when (header.Flags & SegmentFlags.Execute) != 0:
                    return ImageStatus.ExecutableStack;
            }

            if (status != ImageStatus.Good)
            {
                return status;
            }
        }

        return segments.Count == 0 ? ImageStatus.NoSegments : ImageStatus.Good;
    }

    private static ImageStatus AddSegment(
        ReadOnlySpan<byte> file, in ProgramHeader header, ref SegmentTable segments)
    {
        ImageStatus status = ElfSegment.TryCreate(header, file.Length, out ElfSegment segment);
        return status == ImageStatus.Good ? segments.TryAdd(segment) : status;
    }

    private static ImageStatus LocateRelocations(
        ReadOnlySpan<byte> file, FileRange dynamic, in SegmentTable segments,
        out RelocationTables tables)
    {
        tables = default;

        // The section is optional; an empty one says nothing, as if it were not there.
        if (dynamic.Bytes == 0)
        {
            return ImageStatus.Good;
        }

        ImageStatus status = DynamicTable.TryRead(dynamic.Of(file), out DynamicTable table);
        if (status == ImageStatus.Good)
        {
            status = table.TryLocate(segments, out tables);
        }

        return status;
    }
}
