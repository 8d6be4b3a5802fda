using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>
/// Finds how the functions of a section refer to one another. ILC fills such references in itself
/// and leaves no relocations for them, so they are read off the instructions.
/// </summary>
internal static class CodeReferences
{
    /// <summary>Adds a relocation for every reference from one function to another.</summary>
    /// <exception cref="InvalidDataException">A reference leads to no function.</exception>
    internal static void Restore(ElfFile elf, ElfSection section, IReadOnlyList<Piece> functions)
    {
        HashSet<ulong> known = [.. section.Relocations.Select(one => one.Offset)];
        Dictionary<ulong, ElfSymbol> symbols = elf.Symbols
            .Where(one => one.Section == section && one.Kind != SymbolKind.Section)
            .DistinctBy(one => one.Value).ToDictionary(one => one.Value);
        List<ElfRelocation> found = [];
        foreach (Piece function in functions)
            found.AddRange(Read(section, function, known, symbols));
        // The linker pairs neighbours, so those that are there keep their order.
        section.Relocations.AddRange(found);
    }

    private static IEnumerable<ElfRelocation> Read(
        ElfSection section, Piece function, HashSet<ulong> known,
        Dictionary<ulong, ElfSymbol> symbols)
    {
        foreach (CodeReference one in CodeReader.References(section, function))
        {
            if (function.Contains(one.Target) || known.Contains(one.Field))
                continue;
            ElfSymbol? symbol = symbols.GetValueOrDefault(one.Target);
            if (symbol == null || one.FieldBytes != sizeof(int))
            {
                throw new InvalidDataException(
                    $"{section.Name}+{one.Instruction:x} refers to +{one.Target:x} in a way that "
                    + "no relocation can stand for.");
            }
            yield return new ElfRelocation(
                one.Field, symbol, RelocationKind.ProgramCounter32,
                -(long)(one.Next - one.Field));
        }
    }
}
