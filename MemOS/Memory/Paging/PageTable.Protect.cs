using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Paging;

/// <content>Changing the rights of pages.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Gives what is mapped of a range these rights. The frame rule must allow it for each frame:
    /// the rules for regions see to that. No large page may lie across an end of the range: see
    /// <see cref="TrySplitEdges"/>.
    /// </summary>
    public void Protect(PageRange range, PageRights rights)
    {
        if (range.IsEmpty)
        {
            return;
        }

        RequireOwnHalf(range);
        var flush = new TranslationFlush<TMemory>(_memory, Root, _half);
        ProtectIn(Root, _levels, range.First.Number, range.Last.Number, rights, ref flush);
        flush.Dispose();
    }

    private void ProtectIn(
        Frame table, int level, ulong first, ulong last, PageRights rights,
        ref TranslationFlush<TMemory> flush)
    {
        int lastIndex = IndexOf(last, level);
        ulong span = PagesUnder(level);
        ulong start = first;
        for (int i = IndexOf(first, level); i <= lastIndex; i++)
        {
            ulong next = (start | (span - 1)) + 1;
            ulong end = next - 1 < last ? next - 1 : last;
            ref ulong slot = ref _memory.Entry(table, i);
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            if (entry.IsEmpty)
            {
                start = next;
                continue;
            }

            if (level == SmallLevel || entry.IsLarge)
            {
                Ensure.That(
                    end - start == span - 1, "large pages are split before a part changes");
                RequireFrameRule(entry, level, rights);
                slot = entry.WithRights(rights, _half, _features).Bits;
                flush.Add(PageAt(start));
            }
            else
            {
                ProtectIn(entry.Frame, level - 1, start, end, rights, ref flush);
            }

            start = next;
        }
    }

    private void RequireFrameRule(PageTableEntry entry, int level, PageRights rights)
    {
        if (!entry.IsCounted)
        {
            Ensure.That(!rights.CanExecute, "only counted frames can be executed");
            return;
        }

        Frame frame = level == SmallLevel ? entry.Frame : entry.LargeFrame;
        Ensure.That(
            FrameRule.MayMap(_frames.StateOf(frame), rights, _half),
            "no frame is both writable and executable");
    }
}
