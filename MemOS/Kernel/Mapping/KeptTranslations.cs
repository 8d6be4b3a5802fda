using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Mapping;

/// <summary>
/// Where pages of the active space lie that the kernel has read for a program, as it mostly reads
/// there again: blocks of system calls, words that are waited for. Forgotten whenever the
/// processor's own translations are.
/// </summary>
internal static unsafe class KeptTranslations
{
    // By the large page, so that the change of any page concerns one place. Where pages lie is
    // random, so that few share a place.
    private const int Places = 16;
    private const int LargeShift = 9;

    private static Table _table;

    private struct Translation
    {
        // The complement of the page's number, which is never zero: then nothing is kept.
        internal ulong Tag;
        internal byte* Start;
    }

    [InlineArray(Places)]
    private struct Table
    {
        private Translation _first;
    }

    /// <summary>The byte behind an address of a page that is kept, and so may be read.</summary>
    /// <param name="address">Any number.</param>
    /// <returns>The byte, through the direct map; null if the page is not kept.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Find(ulong address)
    {
        ulong number = address / PageSizes.SmallBytes;
        ref Translation kept = ref PlaceOf(number);
        return kept.Tag == ~number ? kept.Start + (address % PageSizes.SmallBytes) : null;
    }

    /// <summary>Keeps a translation that lets the program read the page.</summary>
    internal static void Keep(Page page, Frame frame)
    {
        ref Translation kept = ref PlaceOf(page.Number);
        kept.Tag = ~page.Number;
        kept.Start = PhysicalMap.PointerTo(frame);
    }

    /// <summary>A page, small or large, of the active space changes.</summary>
    internal static void Forget(Page page)
    {
        ref Translation kept = ref PlaceOf(page.Number);
        if ((kept.Tag ^ ~page.Number) >> LargeShift == 0)
            kept.Tag = 0;
    }

    /// <summary>All pages change, or another space is active.</summary>
    internal static void Forget() => _table = default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Translation PlaceOf(ulong page) =>
        ref _table[(int)(page >> LargeShift) & (Places - 1)];
}
