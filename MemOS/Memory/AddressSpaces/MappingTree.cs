using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;
using MemOS.Memory.Segments;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// The mappings of one space in the order in which their segments were made, those of one segment
/// by age: what a space maps of a segment is found however many mappings others have of it.
/// </summary>
/// <remarks>
/// A treap (Seidel and Aragon, "Randomized search trees", 1996) that lies in its nodes, with the
/// weights that they have as regions. An operation takes a few times the logarithm of the number
/// of mappings.
/// </remarks>
internal struct MappingTree<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private SegmentRegion<TMemory>? _root;

    /// <summary>Adds a mapping, which has a weight and an age.</summary>
    internal void Add(SegmentRegion<TMemory> mapping)
    {
        SegmentRegion<TMemory>? parent = null;
        SegmentRegion<TMemory>? at = _root;
        while (at is not null && at.Weight >= mapping.Weight)
        {
            parent = at;
            at = mapping.IsBefore(at) ? at.Before : at.After;
        }

        Part(at, mapping);
        Hang(mapping, mapping, parent);
    }

    /// <summary>Takes a mapping out.</summary>
    internal void Remove(SegmentRegion<TMemory> mapping)
    {
        SegmentRegion<TMemory>? parent = null;
        SegmentRegion<TMemory>? at = _root;
        while (at is not null && at != mapping)
        {
            parent = at;
            at = mapping.IsBefore(at) ? at.Before : at.After;
        }

        Ensure.That(at is not null, "a mapping is taken out once");
        Hang(Join(mapping.Before, mapping.After), mapping, parent);
        mapping.Before = null;
        mapping.After = null;
    }

    /// <summary>The mapping of a segment that was made last; null if there is none.</summary>
    internal readonly SegmentRegion<TMemory>? Last(Segment<TMemory> segment)
    {
        SegmentRegion<TMemory>? last = null;
        SegmentRegion<TMemory>? at = _root;
        while (at is not null)
        {
            bool isBeyond = at.Segment.Serial > segment.Serial;
            last = isBeyond ? last : at;
            at = isBeyond ? at.Before : at.After;
        }

        return last?.Segment == segment ? last : null;
    }

    /// <summary>Forgets all, as all are to go.</summary>
    internal void Clear() => _root = null;

    // Puts what is below the place of a mapping to its two sides.
    private static void Part(SegmentRegion<TMemory>? at, SegmentRegion<TMemory> mapping)
    {
        SegmentRegion<TMemory>? lower = null;
        SegmentRegion<TMemory>? upper = null;
        while (at is not null)
        {
            if (at.IsBefore(mapping))
            {
                if (lower is null)
                {
                    mapping.Before = at;
                }
                else
                {
                    lower.After = at;
                }

                lower = at;
                at = at.After;
            }
            else
            {
                if (upper is null)
                {
                    mapping.After = at;
                }
                else
                {
                    upper.Before = at;
                }

                upper = at;
                at = at.Before;
            }
        }

        lower?.After = null;
        upper?.Before = null;
    }

    // All of the one come before all of the other. Goes as deep as the tree.
    private static SegmentRegion<TMemory>? Join(
        SegmentRegion<TMemory>? lower, SegmentRegion<TMemory>? upper)
    {
        if (lower is null || upper is null)
        {
            return lower ?? upper;
        }

        if (lower.Weight >= upper.Weight)
        {
            lower.After = Join(lower.After, upper);
            return lower;
        }

        upper.Before = Join(lower, upper.Before);
        return upper;
    }

    // Puts something in the place that a mapping has below its parent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Hang(
        SegmentRegion<TMemory>? what, SegmentRegion<TMemory> place,
        SegmentRegion<TMemory>? parent)
    {
        if (parent is null)
        {
            _root = what;
        }
        else if (place.IsBefore(parent))
        {
            parent.Before = what;
        }
        else
        {
            parent.After = what;
        }
    }
}
