using System;
using System.Collections.Generic;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>A part of a section that stays in one piece: a function.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="End">Offset just past its last.</param>
internal readonly record struct Piece(ulong Start, ulong End)
{
    /// <summary>Whether an offset is in it.</summary>
    internal bool Contains(ulong offset) => offset >= Start && offset < End;

    /// <summary>The pieces of a section, in order.</summary>
    /// <remarks>Symbols that overlap, such as those of folded methods, are one piece.</remarks>
    internal static IReadOnlyList<Piece> Of(ElfFile elf, ElfSection section)
    {
        List<Piece> pieces = [];
        foreach (ElfSymbol symbol in elf.Symbols
            .Where(one => one.Section == section && one.Kind != SymbolKind.Section)
            .OrderBy(one => one.Value))
        {
            ulong end = symbol.Value + symbol.Size;
            if (pieces.Count > 0 && symbol.Value < pieces[^1].End)
                pieces[^1] = pieces[^1] with { End = Math.Max(pieces[^1].End, end) };
            else if (symbol.Size > 0)
                pieces.Add(new Piece(symbol.Value, end));
        }
        return pieces;
    }
}
