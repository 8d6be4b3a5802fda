namespace MemOS.Images;

/// <summary>What a program's file is found to be: good, or the first thing wrong with it.</summary>
public enum ImageStatus : byte
{
    /// <summary>It can be loaded.</summary>
    Good = 0,

    /// <summary>It is shorter than an ELF header.</summary>
    TooShort,

    /// <summary>It does not start as ELF files do.</summary>
    NotElf,

    /// <summary>Its class is not 64-bit.</summary>
    Not64Bit,

    /// <summary>Its data is not little-endian.</summary>
    NotLittleEndian,

    /// <summary>Its version of ELF is not 1.</summary>
    UnknownVersion,

    /// <summary>It is for an operating system's own ABI, or a later version of it.</summary>
    UnknownAbi,

    /// <summary>It is not for x86-64.</summary>
    WrongMachine,

    /// <summary>It is not a shared object: it cannot stand at any address.</summary>
    NotPositionIndependent,

    /// <summary>Its ELF header or program headers are not of the standard's size.</summary>
    BadHeaderSize,

    /// <summary>It has no program headers, or more than any linker makes.</summary>
    BadHeaderCount,

    /// <summary>Its program headers reach beyond the file's end.</summary>
    HeadersBeyondEnd,

    /// <summary>It asks for an interpreter.</summary>
    NeedsInterpreter,

    /// <summary>It asks for a stack that can be executed.</summary>
    ExecutableStack,

    /// <summary>Nothing of it is to be loaded.</summary>
    NoSegments,

    /// <summary>It has more segments than <see cref="ElfImage.MostSegments"/>.</summary>
    TooManySegments,

    /// <summary>A segment's rights are none or unknown.</summary>
    BadRights,

    /// <summary>A segment is writable and executable.</summary>
    WritableAndExecutable,

    /// <summary>A segment's alignment is not 4096.</summary>
    BadAlignment,

    /// <summary>A segment's place in the file and in memory differ within a page.</summary>
    NotCongruent,

    /// <summary>A segment has more bytes in the file than in memory.</summary>
    FileLargerThanMemory,

    /// <summary>A segment reaches beyond the file's end.</summary>
    SegmentBeyondEnd,

    /// <summary>It spans more than <see cref="ElfImage.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Its first segment is not in its first page.</summary>
    NotBasedAtZero,

    /// <summary>Its segments are not in the order of their addresses.</summary>
    SegmentsUnsorted,

    /// <summary>Two segments share a page.</summary>
    SegmentsOverlap,

    /// <summary>Its entry is not in an executable segment.</summary>
    EntryNotExecutable,

    /// <summary>It has more than one dynamic section.</summary>
    SeveralDynamics,

    /// <summary>Its dynamic section reaches beyond the file's end.</summary>
    DynamicBeyondEnd,

    /// <summary>Its dynamic section does not end with a null entry.</summary>
    DynamicWithoutEnd,

    /// <summary>Its dynamic section says one thing twice.</summary>
    RepeatedTag,

    /// <summary>It needs a library.</summary>
    NeedsLibrary,

    /// <summary>It has relocations without addends, which x86-64 does not use.</summary>
    UnsupportedTable,

    /// <summary>What is said of a table of relocations is incomplete or not consistent.</summary>
    BadTable,

    /// <summary>A table of relocations is not within one segment's part of the file.</summary>
    TableBeyondSegment,

    /// <summary>A relocation is of a type that a static program does not need.</summary>
    UnknownRelocation,

    /// <summary>A relocation's eight bytes are not within one writable segment.</summary>
    RelocationNotWritable,

    /// <summary>The table of packed relocations starts without an address.</summary>
    BadPackedTable,
}
