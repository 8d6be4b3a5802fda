using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <content>The end of an address space.</content>
public sealed partial class PageTable<TMemory>
{
    /// <summary>
    /// Unmaps all of the user half and gives every table back, the root too. No processor may run
    /// in the space any more. Costs in proportion to the tables there are.
    /// </summary>
    public void Release()
    {
        WorkBudget budget = WorkBudget.Unlimited;
        bool isDone = TryRelease(ref budget);
        Ensure.That(isDone, "without a limit all is done");
    }

    /// <summary>The same as far as the budget allows.</summary>
    /// <returns>Whether all is done; else this is to be called again.</returns>
    internal bool TryRelease(ref WorkBudget budget)
    {
        Ensure.That(_half == SpaceHalf.User, "the kernel half is never released");
        LeaveTop();
        Page first = PageAt(0);
        if (!TryUnmap(
            PageRange.Of(first, Width.PagesInHalf()), UnmapWay.End, ref budget, out _))
        {
            return false;
        }

        foreach (ushort i in _top.Complete())
        {
            _memory.Entry(Root, i) = 0;
        }

        _memory.FlushSpace(Root);
        _frames.FreeTable(Root);
        return true;
    }

    // What the top level points to and others keep is theirs from now on: after a fork, nearly all.
    private void LeaveTop()
    {
        ref FrameInfo record = ref _memory.Info(Root);
        int left = record.HoldsOrEntries;
        for (int i = 0; left != 0; i++)
        {
            i = NextUsed(Root, i, EntryCount - 1);
            left--;
            ref ulong slot = ref _memory.Entry(Root, i);
            PageTableEntry entry = PageTableEntry.FromBits(slot);
            ref FrameInfo below = ref _memory.Info(entry.Frame);
            if (!entry.IsWritable && IsShared(below))
            {
                below.MapsOrLink--;
                slot = 0;
                record.HoldsOrEntries--;
            }
        }
    }
}
