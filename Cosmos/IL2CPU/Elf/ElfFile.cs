using System.Collections.Generic;

namespace IL2CPU.Elf;

/// <summary>A 64-bit ELF file for x86-64: an object or an image (gABI 4.1, chapter 4).</summary>
internal sealed class ElfFile
{
    /// <summary>The sections, without those that only describe others.</summary>
    internal List<ElfSection> Sections { get; } = [];

    /// <summary>The symbols, the nameless first one included.</summary>
    internal List<ElfSymbol> Symbols { get; } = [];

    /// <summary>The segments of an image.</summary>
    internal List<ElfSegment> Segments { get; } = [];

    /// <summary>What an image's loader has to fill in.</summary>
    internal List<ElfRelocation> DynamicRelocations { get; } = [];
}
