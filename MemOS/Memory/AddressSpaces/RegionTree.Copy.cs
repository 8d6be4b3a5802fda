using System;
using System.Runtime.CompilerServices;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// How far the copying of a tree is: the region that was copied last, and its copy.
/// </summary>
internal struct RegionCopy
{
    /// <summary>In the tree that is copied; null before the first.</summary>
    public Region? From { get; set; }

    /// <summary>In the copy.</summary>
    public Region? To { get; set; }
}

/// <content>Becoming a copy of another tree, in the same shape.</content>
internal sealed partial class RegionTree
{
    // About what it takes to copy a region, and a mapping with what the kernel knows of it, in
    // instructions.
    private const ulong CopyCost = 300;
    private const ulong MappingCopyCost = 1_200;

    /// <summary>Regions that are copied in a piece at most.</summary>
    public static int MostCopiedInPiece => WorkBudget.MostInPiece(CopyCost);

    /// <summary>
    /// Copies regions of another tree, which does not change, as far as the budget allows; each
    /// comes before those below it. Until all are there none can be found, and no room; but regions
    /// can be taken out, if none is copied any more.
    /// </summary>
    /// <param name="other">The tree.</param>
    /// <param name="reached">How far that is.</param>
    /// <param name="copyOf">Makes the copy of a region; null if there can be none.</param>
    /// <param name="budget">How much may be done now.</param>
    /// <returns>Whether all are copied.</returns>
    public bool TryRepeat(
        RegionTree other, ref RegionCopy reached, Func<Region, Region?> copyOf,
        ref WorkBudget budget)
    {
        // In variables, as a store to anything else is one that the collector has to be told of.
        Region? from = reached.From;
        Region? to = reached.To;
        Region? next = from is null ? other._root : NextUncopied(ref from, ref to);
        while (next is not null)
        {
            Region? copy = budget.IsSpent ? null : copyOf(next);
            if (copy is null)
            {
                reached.From = from;
                reached.To = to;
                return false;
            }

            budget.Spend(copy.Backing == Backing.Segment ? MappingCopyCost : CopyCost);
            copy.Parent = to;
            if (to is null)
            {
                _root = copy;
            }
            else if (next == from!.Left)
            {
                to.Left = copy;
            }
            else
            {
                to.Right = copy;
            }

            Count++;
            from = next;
            to = copy;
            next = NextUncopied(ref from, ref to);
        }

        return true;
    }

    // The next region without a copy, and its parent with that one's copy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Region? NextUncopied(ref Region? from, ref Region? to)
    {
        while (from is not null)
        {
            if (from.Left is { } left && to!.Left is null)
            {
                return left;
            }

            if (from.Right is { } right && to!.Right is null)
            {
                return right;
            }

            from = from.Parent;
            to = to!.Parent;
        }

        return null;
    }
}
