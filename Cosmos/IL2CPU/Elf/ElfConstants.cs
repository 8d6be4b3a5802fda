using System;

namespace IL2CPU.Elf;

/// <summary>Kinds of sections (gABI 4.1, figure 4-9).</summary>
internal enum SectionKind : uint
{
    Null = 0,
    Bits = 1,
    Symbols = 2,
    Strings = 3,
    Relocations = 4,
    Note = 7,
    NoBits = 8,
}

/// <summary>What a section is like (gABI 4.1, figure 4-11).</summary>
[Flags]
internal enum SectionFlags : ulong
{
    None = 0,
    Write = 1,
    Allocate = 2,
    Execute = 4,
    InfoLink = 0x40,
    Thread = 0x400,
}

/// <summary>Kinds of segments (gABI 4.1, figure 5-2).</summary>
internal enum SegmentKind : uint
{
    Load = 1,
    Dynamic = 2,
    Thread = 7,
}

/// <summary>What a segment's pages allow (gABI 4.1, figure 5-3).</summary>
[Flags]
internal enum SegmentFlags : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}

/// <summary>What a symbol stands for (gABI 4.1, figure 4-17).</summary>
internal enum SymbolKind : byte
{
    None = 0,
    Object = 1,
    Function = 2,
    Section = 3,
    File = 4,
    Thread = 6,
}

/// <summary>Relocation types (psABI AMD64, table 4.9).</summary>
internal enum RelocationKind : uint
{
    None = 0,
    Absolute64 = 1,
    ProgramCounter32 = 2,
    Procedure32 = 4,
    Relative = 8,
    ThreadData = 19,
}
