using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>
/// Shuffles the functions of an object, so that the address of one tells nothing of another's.
/// Done after the compiler, it costs a fraction of what a second run of the compiler would.
/// </summary>
internal static class FunctionShuffle
{
    // int3: what strays between functions stops.
    private const byte Filler = 0xCC;

    internal static void Apply(ElfFile elf, RandomOrder order)
    {
        foreach (ElfSection section in elf.Sections.ToArray())
        {
            if ((section.Flags & SectionFlags.Execute) != 0 && section.Size > 0)
                Apply(elf, section, order);
        }
    }

    private static void Apply(ElfFile elf, ElfSection section, RandomOrder order)
    {
        IReadOnlyList<Piece> functions = Piece.Of(elf, section);
        CodeReferences.Restore(elf, section, functions);
        Piece[] shuffled = [.. functions];
        order.Shuffle(shuffled.AsSpan());
        SectionMover mover = new(elf, section, Filler);
        foreach (Piece function in shuffled)
            mover.Append(function, AlignmentOf(function.Start, section));
        mover.Finish();
    }

    // The compiler may have meant any alignment that the place has, up to the section's.
    private static ulong AlignmentOf(ulong place, ElfSection section) =>
        place == 0
            ? section.Alignment
            : Math.Min(section.Alignment, 1UL << BitOperations.TrailingZeroCount(place));
}
