using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <content>Giving back tables that have become empty.</content>
public sealed partial class PageTable<TMemory>
{
    private const int MostLevels = 5;

    // The tables on the way to a page: that of a level at the level's number less one.
    [InlineArray(MostLevels)]
    private struct Way
    {
        private Frame _lowest;
    }

    // As far as there are tables of the space's own; tells which level that is.
    private int GoDown(Page page, out Way way)
    {
        way = default;
        int level = _levels;
        Frame table = Root;
        way[level - 1] = table;
        while (level > SmallLevel)
        {
            PageTableEntry entry = EntryAt(table, page, level);
            if (entry.IsEmpty || entry.IsLarge || !entry.IsWritable)
            {
                break;
            }

            level--;
            table = entry.Frame;
            way[level - 1] = table;
        }

        return level;
    }

    // Gives back the empty tables on the way to a page where nothing is mapped.
    private void Prune(Page page)
    {
        var flush = new TranslationFlush<TMemory>(_memory, Root, _half);
        int level = GoDown(page, out Way way);
        Prune(page, way, level, ref flush);
        flush.Dispose();
    }

    // The same from the lowest table on the way, whose level this is, upwards.
    private void Prune(
        Page page, in Way way, int lowest, ref TranslationFlush<TMemory> flush)
    {
        int level = lowest;
        while (level < _levels && !IsFixed(level)
            && _memory.Info(way[level - 1]).HoldsOrEntries == 0)
        {
            Frame parent = way[level];
            _memory.Entry(parent, IndexOf(page.Number, level + 1)) = 0;
            _memory.Info(parent).HoldsOrEntries--;
            GiveBack(way[level - 1]);
            level++;
        }

        if (level != lowest)
        {
            flush.Add(page);
        }
    }

    // All spaces have the top level of the kernel half, and what it points to.
    private bool IsFixed(int level) => level == _levels - 1 && _half == SpaceHalf.Kernel;

    private void GiveBack(Frame table)
    {
        ForgetRecent();
        Family.Tables--;
        _frames.FreeTable(table);
    }
}
