using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Regions that are in no tree any more, to be used again: a program that gives memory back, or
/// copies of a process that end, leave nothing to the collector. Spaces that came from one another
/// by fork have one pool together.
/// </summary>
internal sealed class RegionPool
{
    // Some 100 KB.
    private const int Most = 1024;

    private Region? _first;
    private int _count;

    /// <summary>A region, as its constructor makes it.</summary>
    internal Region Take(PageRange range, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin = null)
    {
        if (!TryTake(out Region? region))
        {
            return new Region(range, rights, kind, backing, origin);
        }

        region.Become(range, rights, kind, backing, origin);
        return region;
    }

    /// <summary>The same region for another space.</summary>
    internal Region TakeCopy(Region from)
    {
        if (!TryTake(out Region? region))
        {
            return new Region(from);
        }

        region.BecomeCopy(from);
        return region;
    }

    /// <summary>Takes back one that nobody has any more, unless there are enough.</summary>
    internal void Return(Region region)
    {
        if (_count < Most)
        {
            region.Parent = _first;
            _first = region;
            _count++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake([NotNullWhen(true)] out Region? region)
    {
        region = _first;
        if (region is null)
        {
            return false;
        }

        _first = region.Parent;
        region.Parent = null;
        _count--;
        return true;
    }
}
