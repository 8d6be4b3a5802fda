using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Mapping;

/// <summary>
/// Where the page lies that the kernel last fetched a system call from, as the next one mostly
/// comes from there again: a translation of the active space, forgotten whenever the processor's
/// own are.
/// </summary>
internal static unsafe class LastRead
{
    private const int LargeShift = 9;

    // No address lies in a page of this number.
    private const ulong None = ulong.MaxValue;

    private static ulong _page = None;
    private static byte* _start;

    /// <summary>The byte behind an address if it lies in the page; the page may be read.</summary>
    /// <param name="address">Any number.</param>
    /// <param name="start">The byte, through the direct map.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryFind(ulong address, out byte* start)
    {
        start = _start + (address % PageSizes.SmallBytes);
        return address / PageSizes.SmallBytes == _page;
    }

    /// <summary>Keeps a translation that lets the program read the page.</summary>
    internal static void Keep(Page page, Frame frame)
    {
        _page = page.Number;
        _start = PhysicalMap.PointerTo(frame);
    }

    /// <summary>A page, small or large, of the active space changes.</summary>
    internal static void Forget(Page page)
    {
        if ((page.Number ^ _page) >> LargeShift == 0)
            _page = None;
    }

    /// <summary>All pages change, or another space is active.</summary>
    internal static void Forget() => _page = None;
}
