using System.Collections.Generic;
using System.Linq;
using IL2CPU.Elf;
using IL2CPU.Order;

namespace IL2CPU.Placement;

/// <summary>
/// Cuts an image's code into pieces that can be put into any order: compiled functions, and
/// routines in assembly as far as none runs on into the next.
/// </summary>
internal static class CodePieces
{
    /// <summary>What a piece's address is a multiple of.</summary>
    internal const ulong Alignment = 16;

    /// <summary>Finds the pieces; together they are the whole section.</summary>
    internal static IReadOnlyList<Piece> Of(ElfFile image, ElfSection text)
    {
        SortedSet<ulong> starts = [text.Address];
        IReadOnlyList<Piece> functions = Piece.Of(image, text);
        ulong end = text.Address;
        foreach (Piece function in functions)
        {
            CutAssembly(image, text, new Piece(end, function.Start), starts);
            if (function.Start % Alignment == 0)
                starts.Add(function.Start);
            end = function.End;
        }
        CutAssembly(image, text, new Piece(end, text.Address + text.Size), starts);
        JoinShortReferences(text, starts);
        return Between(text, starts);
    }

    /// <summary>The piece that an address is in, if any.</summary>
    internal static Piece? Find(IReadOnlyList<Piece> pieces, ulong address)
    {
        int low = 0;
        int high = pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (pieces[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 && pieces[low - 1].Contains(address) ? pieces[low - 1] : null;
    }

    // Assembly does not say how long a routine is, and may run on into the next.
    private static void CutAssembly(
        ElfFile image, ElfSection text, Piece gap, SortedSet<ulong> starts)
    {
        ulong? last = null;
        foreach (ulong label in image.Symbols
            .Where(one => one.Section == text && gap.Contains(one.Value)
                && one.Kind is SymbolKind.None or SymbolKind.Function
                && one.Value % Alignment == 0 && !one.Name.Contains('.'))
            .Select(one => one.Value).Distinct().Order())
        {
            // What comes before the first label is padding.
            if (last is not { } before
                || CodeReader.NeverRunsOn(text, new Piece(before, label)))
                starts.Add(label);
            last = label;
        }
    }

    // A reference of one byte cannot lead farther than it does.
    private static void JoinShortReferences(ElfSection text, SortedSet<ulong> starts)
    {
        foreach (Piece piece in Between(text, starts))
        {
            foreach (CodeReference one in CodeReader.References(text, piece))
            {
                if (one.FieldBytes == sizeof(int))
                    continue;
                (ulong low, ulong high) = one.Target < one.Field
                    ? (one.Target, one.Field)
                    : (one.Field, one.Target);
                starts.RemoveWhere(start => start > low && start <= high);
            }
        }
    }

    private static IReadOnlyList<Piece> Between(ElfSection text, SortedSet<ulong> starts)
    {
        ulong[] all = [.. starts, text.Address + text.Size];
        return [.. all.Zip(all.Skip(1), (start, end) => new Piece(start, end))];
    }
}
