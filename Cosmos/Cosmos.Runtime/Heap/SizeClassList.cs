using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>The blocks of one size class.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SizeClassList
{
    /// <summary>Blocks ready to be given out.</summary>
    internal FreeBlock* Free;

    /// <summary>The end of the newest region, which was never given out and is zero.</summary>
    internal byte* Fresh;

    /// <summary>Where that ends.</summary>
    internal byte* FreshEnd;

    /// <summary>All regions of the class, but for one whose sweep is under way.</summary>
    internal RegionQueue Regions;

    /// <summary>Makes a block free, as the first that is given out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Link(ObjectHeader* block)
    {
        FreeBlock* free = (FreeBlock*)block;
        free->Header = 0;
        free->NoType = null;
        free->Next = Free;
        Free = free;
    }

    /// <summary>After a collection: every region is due for a sweep.</summary>
    internal void MakeAllDue()
    {
        // Free blocks stay free: a sweep finds them by their missing type. The untouched end of
        // the newest region is kept in use.
        Free = null;
        Regions.MakeAllDue();
    }

    /// <summary>Leaves what is free to the sweep after the next collection.</summary>
    internal void ForgetReady()
    {
        Free = null;
        Fresh = null;
        FreshEnd = null;
        Regions.PutOffDue();
    }
}
