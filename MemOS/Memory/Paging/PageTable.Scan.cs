using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <content>Passing over what is empty: most tables have few entries.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// The number of the first page from one on that is mapped, by a small or a large page; the
    /// end if there is none below it. For audits.
    /// </summary>
    internal ulong NextMapped(ulong from, ulong end)
    {
        ulong at = from;
        int level = _levels;
        Frame table = Root;
        while (at < end)
        {
            int index = IndexOf(at, level);
            int next = NextUsed(table, index, EntryCount - 1);
            if (next != index)
            {
                // Perhaps the first page of another table: the way begins anew.
                ulong pages = PagesUnder(level);
                at = (at & ~(pages - 1)) + ((ulong)(next - index) * pages);
                level = _levels;
                table = Root;
                continue;
            }

            PageTableEntry entry = PageTableEntry.FromBits(_memory.Entry(table, index));
            if (level == SmallLevel || entry.IsLarge)
            {
                return at;
            }

            level--;
            table = entry.Frame;
        }

        return end;
    }

    /// <summary>
    /// The index of the first entry in use from one index to another; above it if there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NextUsed(Frame table, int from, int last) =>
        from > last || _memory.Entry(table, from) != 0
            ? from
            : _memory.NextEntry(table, from + 1, last);
}
