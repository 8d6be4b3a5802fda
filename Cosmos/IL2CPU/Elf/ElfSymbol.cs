namespace IL2CPU.Elf;

/// <summary>A symbol of an ELF file.</summary>
internal sealed class ElfSymbol
{
    private const byte LocalLimit = 0x10;

    /// <summary>Its name.</summary>
    internal required string Name { get; init; }

    /// <summary>Binding and kind, as they are in the file.</summary>
    internal required byte Info { get; init; }

    /// <summary>Its visibility, as it is in the file.</summary>
    internal required byte Other { get; init; }

    /// <summary>The section that it is in; null if undefined, absolute or common.</summary>
    internal ElfSection? Section { get; set; }

    /// <summary>The index that stands for no section: undefined, absolute or common.</summary>
    internal required ushort SpecialIndex { get; init; }

    /// <summary>Offset in its section, or in an image its address.</summary>
    internal required ulong Value { get; set; }

    /// <summary>Bytes of what it stands for; 0 where the file does not say.</summary>
    internal required ulong Size { get; init; }

    /// <summary>What it stands for.</summary>
    internal SymbolKind Kind => (SymbolKind)(Info & 0xF);

    /// <summary>Whether only its own file knows it.</summary>
    internal bool IsLocal => Info < LocalLimit;

    /// <summary>Whether another file has to define it.</summary>
    internal bool IsUndefined => Section == null && SpecialIndex == 0 && Name.Length > 0;
}
