using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <content>
/// The table of small pages that was gone down to last: the next fault is mostly near the last one,
/// and needs no way from the root then.
/// </content>
public sealed partial class PageTable<TMemory>
{
    // No page lies there.
    private const ulong Nowhere = ulong.MaxValue;

    private Frame _recent;

    // The numbers of the pages that it maps, divided by their count.
    private ulong _recentPlace = Nowhere;

    /// <summary>
    /// The table that maps a page, if it is the recent one: it and all on its way are the space's
    /// own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRecall(Page page, out Frame table)
    {
        table = _recent;
        return page.Number >> IndexBits == _recentPlace;
    }

    /// <summary>Where the way to a page begins: the level of that table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int BeginAt(Page page, out Frame table)
    {
        if (TryRecall(page, out table))
        {
            return SmallLevel;
        }

        table = Root;
        return _levels;
    }

    /// <summary>Keeps a table of small pages that <see cref="Descend"/> found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Recall(Page page, Frame table)
    {
        _recent = table;
        _recentPlace = page.Number >> IndexBits;
    }

    /// <summary>Whether the recent table is where it was found: for audits.</summary>
    internal bool RecallsRightly()
    {
        if (_recentPlace == Nowhere)
        {
            return true;
        }

        Frame table = Root;
        Page page = Page.Known(_recentPlace << IndexBits);
        return Descend(page, _levels, SmallLevel, ref table) == SmallLevel && table == _recent;
    }

    // Some table is no more, or is shared.
    private void ForgetRecent() => _recentPlace = Nowhere;
}
