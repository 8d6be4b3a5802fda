namespace Cosmos.Core.Memory;

/// <summary>
/// Where the heaps get their pages. A kernel with a memory manager of its own plugs both methods
/// and, until that manager is up, uses <see cref="EarlyRegion"/> as they do here.
/// </summary>
public static unsafe class PageSource
{
    /// <summary>Gets zeroed pages that lie side by side.</summary>
    /// <param name="bytes">A multiple of 4096.</param>
    /// <returns>The first byte, page-aligned, or null when memory is out.</returns>
    public static byte* Allocate(nuint bytes)
    {
        byte* early = EarlyRegion.Allocate(bytes);
        if (early != null)
            return early;
        nuint pages = bytes / RAT.PageSize;
        return pages > uint.MaxValue
            ? null
            : (byte*)RAT.TakePages(RAT.PageType.Unmanaged, (uint)pages);
    }

    /// <summary>
    /// Gives back what <see cref="Allocate"/> gave, whole or piece by piece from its end.
    /// </summary>
    /// <param name="start">What it returned, or the start of a piece.</param>
    /// <param name="bytes">A multiple of 4096.</param>
    public static void Free(byte* start, nuint bytes)
    {
        if (EarlyRegion.Contains(start))
            EarlyRegion.Free(start, bytes);
        else
            RAT.ReturnPages(start, (uint)(bytes / RAT.PageSize));
    }
}
