using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <content>Giving back tables that have become empty.</content>
public sealed partial class PageTable<TMemory>
{
    // Gives back the empty tables on the way to a page where nothing is mapped.
    private void Prune(Page page)
    {
        var flush = new TranslationFlush<TMemory>(_memory, Root, _half);
        Prune(page, ref flush);
        flush.Dispose();
    }

    // The same within a larger change. What goes hangs by one entry in the lowest table on the way
    // that something else needs.
    private void Prune(Page page, ref TranslationFlush<TMemory> flush)
    {
        Frame keeper = Root;
        int keeperLevel = _levels;
        Frame table = Root;
        int level = _levels;
        while (level > SmallLevel)
        {
            PageTableEntry entry = EntryAt(table, page, level);
            if (entry.IsEmpty || entry.IsLarge)
            {
                break;
            }

            table = entry.Frame;
            level--;
            if (_memory.Info(table).HoldsOrEntries > 1 || IsFixed(level))
            {
                keeper = table;
                keeperLevel = level;
            }
        }

        if (_memory.Info(table).HoldsOrEntries != 0 || table == keeper)
        {
            return;
        }

        flush.Add(page);
        Frame empty = CutOff(keeper, page, keeperLevel);
        for (int at = keeperLevel - 1; at > level; at--)
        {
            Frame below = CutOff(empty, page, at);
            GiveBack(empty);
            empty = below;
        }

        GiveBack(empty);
    }

    // All spaces have the top level of the kernel half, and what it points to.
    private bool IsFixed(int level) => level == _levels - 1 && _half == SpaceHalf.Kernel;

    // Takes the way to a page out of a table; tells where it went.
    private Frame CutOff(Frame table, Page page, int level)
    {
        ref ulong slot = ref _memory.Entry(table, IndexOf(page.Number, level));
        Frame below = PageTableEntry.FromBits(slot).Frame;
        slot = 0;
        _memory.Info(table).HoldsOrEntries--;
        return below;
    }

    private void GiveBack(Frame table)
    {
        ForgetRecent();
        Family.Tables--;
        _frames.FreeTable(table);
    }
}
