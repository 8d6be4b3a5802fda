using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Regions that are in no tree any more, to be used again: a program that gives memory back, or
/// copies of a process that end, leave nothing to the collector. Spaces that came from one another
/// by fork have one pool together, and one account. What is in the pool stays charged.
/// </summary>
internal sealed class RegionPool
{
    // Some 100 KB.
    private const int Most = 1024;

    private Region? _first;
    private int _count;
    private int _spaces = 1;

    /// <summary>What the regions in the pool are charged.</summary>
    internal ulong Bytes => (ulong)_count * ObjectBytes.Region;

    /// <summary>A region, as its constructor makes it; null if it cannot be charged.</summary>
    internal Region? Take(
        Purse purse, PageRange range, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin = null)
    {
        if (TryTake(out Region? region))
        {
            region.Become(range, rights, kind, backing, origin);
            return region;
        }

        return purse.TryTake(Resource.KernelBytes, ObjectBytes.Region)
            ? new Region(range, rights, kind, backing, origin)
            : null;
    }

    /// <summary>
    /// The same region for another space, which has charged one; that from the pool was charged
    /// before.
    /// </summary>
    internal Region TakeCopy(Purse purse, Region from)
    {
        if (!TryTake(out Region? region))
        {
            return new Region(from);
        }

        purse.Return(Resource.KernelBytes, ObjectBytes.Region);
        region.BecomeCopy(from);
        return region;
    }

    /// <summary>Takes back one that nobody has any more, unless there are enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Return(Purse purse, Region region)
    {
        if (_count == Most)
        {
            purse.Return(Resource.KernelBytes, ObjectBytes.Region);
            return;
        }

        region.Parent = _first;
        _first = region;
        _count++;
    }

    /// <summary>Another space has the pool too.</summary>
    internal void Join() => _spaces++;

    /// <summary>A space has ended; with the last one the pool does.</summary>
    internal void Leave(Purse purse)
    {
        _spaces--;
        if (_spaces != 0)
        {
            return;
        }

        purse.Return(Resource.KernelBytes, Bytes);
        _first = null;
        _count = 0;
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
