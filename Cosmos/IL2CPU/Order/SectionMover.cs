using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>
/// Takes a section of an object apart and puts its pieces into another order. Symbols and
/// relocations go with their pieces.
/// </summary>
/// <param name="elf">The object.</param>
/// <param name="source">The section.</param>
/// <param name="filler">What stands between pieces.</param>
internal sealed class SectionMover(ElfFile elf, ElfSection source, byte filler)
{
    private readonly SortedList<ulong, Move> _moves = [];
    private readonly MemoryStream _bytes = new();

    /// <summary>Appends a piece.</summary>
    /// <param name="piece">Where it is in the old section.</param>
    /// <param name="alignment">Of its new place, in bytes.</param>
    internal void Append(Piece piece, ulong alignment)
    {
        while ((ulong)_bytes.Length % alignment != 0)
            _bytes.WriteByte(filler);
        _moves.Add(piece.Start, new Move(piece, (ulong)_bytes.Length));
        _bytes.Write(source.Data.AsSpan((int)piece.Start, (int)(piece.End - piece.Start)));
    }

    /// <summary>Puts the new section in the old one's place.</summary>
    /// <exception cref="InvalidDataException">
    /// A piece was forgotten, or something refers to the section as a whole.
    /// </exception>
    internal void Finish()
    {
        ElfSection made = Make();
        elf.Sections[elf.Sections.IndexOf(source)] = made;
        foreach (ElfSymbol symbol in elf.Symbols.Where(one => one.Section == source))
        {
            symbol.Section = made;
            if (symbol.Kind != SymbolKind.Section)
                symbol.Value = NewPlace(symbol);
        }
        foreach (ElfRelocation one in source.Relocations)
            made.Relocations.Add(one with { Offset = NewPlace(one) });
        if (elf.Sections.Any(section => section.Relocations.Any(
            one => one.Symbol.Kind == SymbolKind.Section && one.Symbol.Section == made)))
            throw new InvalidDataException($"Something refers to {source.Name} as a whole.");
    }

    private ElfSection Make() => new()
    {
        Name = source.Name,
        Kind = source.Kind,
        Flags = source.Flags,
        Alignment = source.Alignment,
        Size = (ulong)_bytes.Length,
        Data = _bytes.ToArray(),
    };

    // A symbol may mark a piece's very end.
    private ulong NewPlace(ElfSymbol symbol) =>
        Find(symbol.Value)?.NewPlace(symbol.Value)
        ?? Find(symbol.Value - 1)?.NewPlace(symbol.Value)
        ?? throw Lost(symbol.Value);

    private ulong NewPlace(ElfRelocation relocation) =>
        Find(relocation.Offset)?.NewPlace(relocation.Offset)
        ?? throw Lost(relocation.Offset);

    private InvalidDataException Lost(ulong offset) =>
        new($"{source.Name}+{offset:x} is in no function.");

    private Move? Find(ulong offset)
    {
        int low = 0;
        int high = _moves.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_moves.Values[middle].Piece.Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 && _moves.Values[low - 1].Piece.Contains(offset)
            ? _moves.Values[low - 1]
            : null;
    }

    private sealed record Move(Piece Piece, ulong Place)
    {
        internal ulong NewPlace(ulong offset) => offset - Piece.Start + Place;
    }
}
