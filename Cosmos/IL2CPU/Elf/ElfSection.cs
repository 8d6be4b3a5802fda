using System.Collections.Generic;

namespace IL2CPU.Elf;

/// <summary>A section of an ELF file.</summary>
internal sealed class ElfSection
{
    /// <summary>Its name.</summary>
    internal required string Name { get; init; }

    /// <summary>Its kind.</summary>
    internal required SectionKind Kind { get; init; }

    /// <summary>What it is like.</summary>
    internal required SectionFlags Flags { get; init; }

    /// <summary>Where it stands in memory; 0 in an object file.</summary>
    internal ulong Address { get; init; }

    /// <summary>Its alignment in bytes, a power of two.</summary>
    internal required ulong Alignment { get; init; }

    /// <summary>Bytes of an entry, where it is a table.</summary>
    internal ulong EntryBytes { get; init; }

    /// <summary>Bytes in memory.</summary>
    internal required ulong Size { get; init; }

    /// <summary>Its bytes; none for <see cref="SectionKind.NoBits"/>.</summary>
    internal required byte[] Data { get; init; }

    /// <summary>What the linker has to fill in.</summary>
    internal List<ElfRelocation> Relocations { get; init; } = [];

    /// <summary>Whether it is in memory when the image runs.</summary>
    internal bool IsAllocated => (Flags & SectionFlags.Allocate) != 0;
}
