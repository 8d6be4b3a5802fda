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
        Ensure.That(_half == SpaceHalf.User, "the kernel half is never released");
        Page first = PageAt(0);
        Unmap(PageRange.Of(first, Width.PagesInHalf()), UnmapWay.End);
        foreach (ushort i in _top.Complete())
        {
            _memory.Entry(Root, i) = 0;
        }

        _memory.FlushSpace(Root);
        _frames.FreeTable(Root);
    }
}
