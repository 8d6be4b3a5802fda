using System.Collections.Generic;
using System.IO;
using System.Linq;
using Iced.Intel;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>
/// Finds how the functions of a section refer to one another. ILC fills such references in itself
/// and leaves no relocations for them, so they are read off the instructions.
/// </summary>
internal static class CodeReferences
{
    private const int Bits = 64;

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
        int length = (int)(function.End - function.Start);
        Decoder decoder = Decoder.Create(
            Bits, new ByteArrayCodeReader(section.Data, (int)function.Start, length),
            function.Start);
        while (decoder.IP < function.End)
        {
            Instruction instruction = decoder.Decode();
            if (instruction.IsInvalid)
            {
                throw new InvalidDataException(
                    $"{section.Name}+{instruction.IP:x} is no instruction.");
            }
            if (Target(instruction) is not { } target || function.Contains(target))
                continue;
            ConstantOffsets offsets = decoder.GetConstantOffsets(instruction);
            (int start, int size) = instruction.IsIPRelativeMemoryOperand
                ? (offsets.DisplacementOffset, offsets.DisplacementSize)
                : (offsets.ImmediateOffset, offsets.ImmediateSize);
            ulong field = instruction.IP + (ulong)start;
            if (known.Contains(field))
                continue;
            ElfSymbol? symbol = symbols.GetValueOrDefault(target);
            if (symbol == null || size != sizeof(int))
            {
                throw new InvalidDataException(
                    $"{section.Name}+{instruction.IP:x} refers to +{target:x} in a way that no "
                    + "relocation can stand for.");
            }
            yield return new ElfRelocation(
                field, symbol, RelocationKind.ProgramCounter32,
                -(long)(instruction.NextIP - field));
        }
    }

    private static ulong? Target(in Instruction instruction)
    {
        if (instruction.IsIPRelativeMemoryOperand)
            return instruction.IPRelativeMemoryAddress;
        return instruction.Op0Kind is OpKind.NearBranch64
            ? instruction.NearBranchTarget
            : null;
    }
}
