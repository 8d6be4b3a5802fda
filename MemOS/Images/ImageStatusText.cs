namespace MemOS.Images;

/// <summary>What is wrong with a program's file, in words.</summary>
public static class ImageStatusText
{
    /// <summary>A sentence for the log.</summary>
    public static string Of(ImageStatus status) => status switch
    {
        ImageStatus.Good => "The program can be loaded.",
        <= ImageStatus.HeadersBeyondEnd => OfHeader(status),
        <= ImageStatus.EntryNotExecutable => OfSegments(status),
        _ => OfRelocations(status),
    };

    private static string OfHeader(ImageStatus status) => status switch
    {
        ImageStatus.TooShort => "The file is shorter than an ELF header.",
        ImageStatus.NotElf => "The file is not an ELF file.",
        ImageStatus.Not64Bit => "The program is not 64-bit.",
        ImageStatus.NotLittleEndian => "The program is not little-endian.",
        ImageStatus.UnknownVersion => "The file's version of ELF is unknown.",
        ImageStatus.UnknownAbi => "The program is for the ABI of another system.",
        ImageStatus.WrongMachine => "The program is not for x86-64.",
        ImageStatus.NotPositionIndependent => "The program is not position-independent.",
        ImageStatus.BadHeaderSize => "The size of the program's headers is wrong.",
        ImageStatus.BadHeaderCount => "The program has no headers or too many.",
        _ => "The program's headers reach beyond the end of the file.",
    };

    private static string OfSegments(ImageStatus status) => status switch
    {
        ImageStatus.NeedsInterpreter => "The program needs a dynamic linker.",
        ImageStatus.ExecutableStack => "The program wants an executable stack.",
        ImageStatus.NoSegments => "The program has nothing to load.",
        ImageStatus.TooManySegments => "The program has too many segments.",
        ImageStatus.BadRights => "A segment has no rights or unknown ones.",
        ImageStatus.WritableAndExecutable => "A segment is both writable and executable.",
        ImageStatus.BadAlignment => "A segment is not aligned to 4096 bytes.",
        ImageStatus.NotCongruent => "A segment lies in the file at another part of a page.",
        ImageStatus.FileLargerThanMemory => "A segment is larger in the file than in memory.",
        ImageStatus.SegmentBeyondEnd => "A segment reaches beyond the end of the file.",
        ImageStatus.TooLarge => "The program is larger than 1 GB.",
        ImageStatus.NotBasedAtZero => "The program does not start at address zero.",
        ImageStatus.SegmentsUnsorted => "The segments are not in the order of addresses.",
        ImageStatus.SegmentsOverlap => "Two segments share a page.",
        _ => "The program's entry is not in an executable segment.",
    };

    private static string OfRelocations(ImageStatus status) => status switch
    {
        ImageStatus.SeveralDynamics => "The program has several dynamic sections.",
        ImageStatus.DynamicBeyondEnd => "The dynamic section reaches beyond the end of the file.",
        ImageStatus.DynamicWithoutEnd => "The dynamic section has no end.",
        ImageStatus.RepeatedTag => "The dynamic section has an entry twice.",
        ImageStatus.NeedsLibrary => "The program needs a library.",
        ImageStatus.UnsupportedTable => "The program has relocations without addends.",
        ImageStatus.BadTable => "The place or size of a table of relocations is wrong.",
        ImageStatus.TableBeyondSegment => "A table of relocations is not in one segment.",
        ImageStatus.UnknownRelocation => "A relocation is of an unknown type.",
        ImageStatus.RelocationNotWritable => "A relocation is not in a writable segment.",
        ImageStatus.BadPackedTable => "The packed relocations start without an address.",
        _ => "The program is bad for an unknown reason.",
    };
}
